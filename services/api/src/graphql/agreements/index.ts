// Everything agreements adds to the schema.
import './terms/terms.ts';
import './terms/policies-version.ts';
import './terms/terms-acts.ts';
import './allocation/allocation.ts';
import './allocation/draft-inputs.ts';
import './allocation/explanation.ts';
import './allocation/my-draft.ts';
import './allocation/my-allocation.ts';
import './period-close/period-close.ts';
import './period-close/close-acts.ts';
import './distribution/distribution.ts';
import './distribution/distribution-acts.ts';
import './payout-account/payout-account.ts';
import './statement/statement.ts';
import './statement/retained-patronage.ts';
