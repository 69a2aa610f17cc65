// The shape of a page that is on its way. Nothing shows for the first 300 ms, and nothing moves after it.
import { useTranslations } from 'next-intl';

export function PageSkeleton() {
  const t = useTranslations('state');
  return (
    <div role="status" aria-label={t('loading')}>
      <div className="skeleton mb-2 h-4 w-40" />
      <div className="skeleton mb-8 h-9 w-72 max-w-full" />
      <div className="grid gap-9 desk:grid-cols-[274px_1fr]">
        <div>
          <div className="skeleton mb-6 h-14 w-full" />
          <SkeletonRows count={4} />
        </div>
        <div className="skeleton hidden h-56 desk:block" />
      </div>
      <div className="mt-10">
        <SkeletonRows count={5} />
      </div>
    </div>
  );
}

function SkeletonRows({ count }: { count: number }) {
  return (
    <>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="flex justify-between gap-8 py-3">
          <div className="skeleton h-4 w-2/5" />
          <div className="skeleton h-4 w-20" />
        </div>
      ))}
    </>
  );
}
