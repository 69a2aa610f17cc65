// What a program is given, in words, with the code the program itself knows it by.
export function CodedLabel({ words, code }: { words: string; code: string }) {
  return (
    <>
      {words}
      <code className="t-mono block text-ink-2">{code}</code>
    </>
  );
}
