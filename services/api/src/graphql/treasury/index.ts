// Everything treasury adds to the schema.
import './period.ts';
import './account.ts';
import './transaction.ts';
import './transaction-acts.ts';
import './journal-request.ts';
import './balance.ts';
import './report.ts';
import './trend.ts';
import './member-capital.ts';
import './contribution-posting.ts';
