// Everything the platform adds to the schema.
import './access.ts';
import './key/api-key.ts';
import './audit.ts';
import './duty.ts';
import './cooperative.ts';
import './link/email-change.ts';
import './link/invitation.ts';
import './notification.ts';
import './operations.ts';
import './own-account.ts';
import './link/password-reset.ts';
import './key/pending-act.ts';
import './sign-in/passkey.ts';
import './sign-in/second-factor.ts';
import './sign-in/session.ts';
import './viewer.ts';
import './webhook/webhook.ts';
