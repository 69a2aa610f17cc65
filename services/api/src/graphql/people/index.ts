// Everything people adds to the schema.
import './member.ts';
import './member-acts.ts';
import './contribution.ts';
import './contribution-lists.ts';
import './preview.ts';
import './logging-acts.ts';
import './decision-acts.ts';
import './rule.ts';
import './policy-acts.ts';
import './viewer.ts';
