import { Page } from '../../components/shell/page.tsx';
import { PageSkeleton } from '../../components/state/skeleton.tsx';

export default function Loading() {
  return (
    <Page>
      <PageSkeleton />
    </Page>
  );
}
