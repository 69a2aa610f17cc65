// Everything treasury adds to the schema.
import './period.ts';
import './account.ts';
import './transaction.ts';
import './transaction-acts.ts';
import './request/journal-request.ts';
import './balance.ts';
import './report/report.ts';
import './report/cash-flow.ts';
import './report/divergence.ts';
import './report/trend.ts';
import './report/member-capital.ts';
import './contribution-posting.ts';
import './setting/setting.ts';
