// What the cooperatives do, without naming one.
import { dashboard, figure, lines, query } from './dashboard.mjs';

export const business = dashboard({
  uid: 'habitat-business',
  title: 'Business',
  description: 'What the cooperatives do. No figure here names a cooperative or a person.',
  rows: [
    [
      figure('Cooperatives', 'none', 'max(habitat_cooperatives)'),
      figure(
        'Contributions sent today',
        'none',
        `sum(increase(habitat_contributions_total{step="submitted"}[24h]))`,
        { decimals: 0 },
      ),
      figure(
        'Allocations approved this month',
        'none',
        `sum(increase(habitat_allocations_total{step="approved"}[30d]))`,
        { decimals: 0 },
      ),
      figure(
        'Distributions paid this month',
        'none',
        `sum(increase(habitat_distributions_total{step="paid"}[30d]))`,
        { decimals: 0 },
      ),
      figure('Ledgers out of balance by', 'none', 'max(habitat_ledger_imbalance_minor)', { bad: 1 }),
    ],
    [
      lines(
        'Contributions by step',
        'none',
        query(`sum by (step) (increase(habitat_contributions_total[1h]))`, '{{step}}'),
      ),
      lines(
        'Allocations by step',
        'none',
        query(`sum by (step) (increase(habitat_allocations_total[1h]))`, '{{step}}'),
      ),
    ],
    [
      lines(
        'Distributions by step',
        'none',
        query(`sum by (step) (increase(habitat_distributions_total[1h]))`, '{{step}}'),
      ),
      lines(
        'Ledger transactions posted',
        'none',
        query(
          'sum(increase(habitat_events_published_total{type="treasury.transaction.posted"}[1h]))',
          'in an hour',
        ),
      ),
    ],
    [
      lines(
        'Members',
        'none',
        query(
          'sum by (type) (increase(habitat_events_published_total{type=~"people.member.*"}[1h]))',
          '{{type}}',
        ),
      ),
      lines(
        'What people do',
        'ops',
        query(
          'topk(10, sum by (operation) (rate(habitat_graphql_operations_total{kind="mutation"}[5m])))',
          '{{operation}}',
        ),
      ),
    ],
    [
      lines(
        'Refused',
        'ops',
        query(
          'sum by (operation) (rate(habitat_graphql_operations_total{kind="mutation",outcome="refused"}[5m])) or sum(rate(habitat_graphql_operations_total{kind="mutation"}[5m])) * 0',
          '{{operation}}',
        ),
      ),
      lines(
        'Minutes since the ledgers were added up',
        'm',
        query('(time() - max(habitat_ledger_checked_timestamp_seconds)) / 60', 'minutes'),
      ),
    ],
  ],
});
