// References to distributions and their lines, apart from their fields, so that other modules can import them.
import type { DistributionView, LineRow } from '@habitat/agreements';
import { findDistributions } from '@habitat/agreements';
import { builder } from '../../builder.ts';
import { defineEntity } from '../../entity.ts';

export const DistributionRef = defineEntity<DistributionView>('Distribution', {
  idOf: (distribution) => distribution.id,
  load: (ids, context) => findDistributions(context.database, context.cooperativeId(), ids),
});

export const DistributionLineRef = builder.objectRef<LineRow>('DistributionLine');
