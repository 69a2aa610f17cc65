// Reading a submitted form: text as typed, nothing instead of an empty field.
export function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

export function optional(form: FormData, name: string): string | null {
  return text(form, name) || null;
}
