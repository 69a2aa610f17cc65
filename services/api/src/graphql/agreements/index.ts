// Everything agreements adds to the schema.
import './terms.ts';
import './terms-acts.ts';
import './allocation.ts';
import './my-draft.ts';
import './my-allocation.ts';
import './period-close.ts';
import './close-acts.ts';
import './distribution.ts';
import './distribution-acts.ts';
import './statement.ts';
import './retained-patronage.ts';
