// The shape of a page that is on its way, by the place it is at. Nothing in it moves.
import { useTranslations } from 'next-intl';

type Shape = 'figures' | 'list' | 'form' | 'sheet' | 'desk';

const shapes: readonly (readonly [RegExp, Shape])[] = [
  [/^\/$/, 'figures'],
  [/^\/(contributions\/(new|week)|treasury\/journal\/new)/, 'form'],
  [/^\/contributions\/./, 'sheet'],
  [/^\/(approvals|close|treasury\/journal)/, 'desk'],
  [/^\/(allocation|settings|what-if)/, 'sheet'],
];

function shapeOf(href: string): Shape {
  const path = href.split('?')[0] ?? '/';
  return shapes.find(([pattern]) => pattern.test(path))?.[1] ?? 'list';
}

export function PageSkeleton({ href }: { href: string }) {
  const t = useTranslations('state');
  return (
    <div role="status" aria-label={t('loading')}>
      <div className="skeleton mb-2 h-4 w-40" />
      <div className="skeleton mb-8 h-9 w-72 max-w-full" />
      <Body shape={shapeOf(href)} />
    </div>
  );
}

function Body({ shape }: { shape: Shape }) {
  if (shape === 'list') return <Rows count={9} />;
  if (shape === 'form') return <FormBody />;
  if (shape === 'desk') {
    return (
      <div className="grid gap-9 wide:grid-cols-[330px_1fr]">
        <Rows count={7} />
        <div className="skeleton hidden h-96 wide:block" />
      </div>
    );
  }
  if (shape === 'sheet') {
    return (
      <div className="max-w-4xl">
        <div className="skeleton mb-6 h-40 w-full" />
        <Rows count={5} />
      </div>
    );
  }
  return (
    <>
      <div className="grid gap-9 desk:grid-cols-[274px_1fr]">
        <div>
          <div className="skeleton mb-6 h-14 w-full" />
          <Rows count={4} />
        </div>
        <div className="skeleton hidden h-56 desk:block" />
      </div>
      <div className="mt-10">
        <Rows count={5} />
      </div>
    </>
  );
}

function FormBody() {
  return (
    <div className="grid max-w-xl gap-6">
      {Array.from({ length: 4 }, (_, index) => (
        <div key={index}>
          <div className="skeleton mb-2 h-4 w-28" />
          <div className="skeleton h-11 w-full" />
        </div>
      ))}
    </div>
  );
}

function Rows({ count }: { count: number }) {
  return (
    <div>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="flex justify-between gap-8 py-3">
          <div className="skeleton h-4 w-2/5" />
          <div className="skeleton h-4 w-20" />
        </div>
      ))}
    </div>
  );
}
