// Everything people adds to the schema.
import './member.ts';
import './member-acts.ts';
import './contribution/contribution.ts';
import './contribution/lists.ts';
import './contribution/preview.ts';
import './contribution/logging-acts.ts';
import './contribution/decision-acts.ts';
import './rule.ts';
import './policy-acts.ts';
import './viewer.ts';
