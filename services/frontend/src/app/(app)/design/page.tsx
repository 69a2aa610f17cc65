// The design system on one page: what the pages are made of, as it is, in the theme and language one is in.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHead } from '../../../components/shell/page-head.tsx';
import { Page } from '../../../components/shell/page.tsx';
import { ColourTable, SpaceScale, TypeScale } from '../../../features/design/scales.tsx';
import {
  Controls,
  Drafts,
  Plots,
  Signatures,
  States,
  Statuses,
  Tables,
} from '../../../features/design/parts.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('design'))('title') };
}

export default async function DesignPage() {
  const t = await getTranslations('design');
  return (
    <Page>
      <PageHead title={t('title')} above={t('lead')} />
      <div className="grid gap-10">
        <TypeScale />
        <SpaceScale />
        <ColourTable />
        <Controls />
        <Statuses />
        <Tables />
        <Signatures />
        <Drafts />
        <Plots />
        <States />
      </div>
    </Page>
  );
}
