// Every word of the pages in English, a file for each room.
import allocation from './allocation.json';
import approvals from './approvals.json';
import audit from './audit.json';
import close from './close.json';
import contribution from './contribution.json';
import contributions from './contributions.json';
import design from './design.json';
import distributions from './distributions.json';
import draft from './draft.json';
import filter from './filter.json';
import keys from './keys.json';
import kind from './kind.json';
import log from './log.json';
import members from './members.json';
import notifications from './notifications.json';
import operations from './operations.json';
import outcome from './outcome.json';
import overview from './overview.json';
import payout from './payout.json';
import peers from './peers.json';
import posting from './posting.json';
import privacy from './privacy.json';
import refusal from './refusal.json';
import reminder from './reminder.json';
import security from './security.json';
import settings from './settings.json';
import shell from './shell.json';
import signIn from './sign-in.json';
import state from './state.json';
import statement from './statement.json';
import status from './status.json';
import trail from './trail.json';
import treasury from './treasury.json';
import wayIn from './way-in.json';
import week from './week.json';
import whatIf from './what-if.json';

export default {
  allocation,
  approvals,
  audit,
  close,
  contribution,
  contributions,
  design,
  distributions,
  draft,
  filter,
  keys,
  kind,
  log,
  members,
  notifications,
  operations,
  outcome,
  overview,
  payout,
  peers,
  posting,
  privacy,
  refusal,
  reminder,
  security,
  settings,
  shell,
  signIn,
  state,
  statement,
  status,
  trail,
  treasury,
  wayIn,
  week,
  whatIf,
};
