// Everything people adds to the schema.
import './member/member.ts';
import './member/member-history.ts';
import './member/member-acts.ts';
import './contribution/contribution.ts';
import './contribution/lists.ts';
import './contribution/preview.ts';
import './contribution/logging-acts.ts';
import './contribution/log-several.ts';
import './contribution/decision-acts.ts';
import './contribution/turn.ts';
import './rule.ts';
import './policy-acts.ts';
import './policy/category.ts';
import './policy/contribution-policy.ts';
import './policy/member-class.ts';
import './policy/policy-history.ts';
import './viewer.ts';
