// Notifications: what events make people be told of, each member's own list, and how they want to hear of it.
export type { Channels, MailChoice, NoticeKind } from './notice/kind.ts';
export { MAIL_CHOICES, noticeKinds } from './notice/kind.ts';
export type { AddressedNotice, Audience, Notice, NoticeFacts } from './notice/notice.ts';
export { placeOf } from './notice/notice.ts';
export { noticedTypes, rolesThatSecond } from './notice/event-notice.ts';
export type { Addressing } from './notice/giving.ts';
export { giveNotices, giveNoticesOf } from './notice/giving.ts';
export { listReusedSessions } from './notice/session.queries.ts';
export type { Notification, Owner, Preference } from './inbox/notification.queries.ts';
export {
  countUnread,
  findNotification,
  listNotifications,
  listPreferences,
} from './inbox/notification.queries.ts';
export type { NotificationRefusal } from './inbox/notification.commands.ts';
export { chooseChannels, readAllNotifications, readNotification } from './inbox/notification.commands.ts';
export type { RemindRefusal, Waiting } from './reminder/reminder.ts';
export { isAskedBy, reachesNobody, reminderRefused } from './reminder/reminder.ts';
export { remind } from './reminder/reminder.commands.ts';
export { lastReminders } from './reminder/reminder.queries.ts';
export type { Telling } from './words/sentence.ts';
export { namedIn, sentenceOf } from './words/sentence.ts';

// Mail
export type { OutgoingMail } from './mail/mail.store.ts';
export { gatherDigest, listDueMail, sendDueMail } from './mail/mail.store.ts';
export type { MailStop } from './mail/unsubscribe.ts';
export { mailStopToken } from './mail/unsubscribe.ts';
export type { StopMailRefusal } from './mail/unsubscribe.commands.ts';
export { stopMail } from './mail/unsubscribe.commands.ts';
