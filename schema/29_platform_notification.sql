-- Who was told of what. A notice is given once per event and person, whether it is read on the pages, mailed or both; the
-- words are put together when it is read, in the reader's language, so that a name in it is never a copy.

create table platform.notification (
  cooperative_id uuid        not null references platform.cooperative,
  id             uuid        not null,
  member_id      uuid        not null,
  kind           text        not null,
  -- The event it comes from, or what a schedule found, in words that stay the same however often it looks.
  source         text        not null,
  -- Whose doing it was; null when the system's.
  by_member_id   uuid,
  -- The contribution, period, distribution … it is about.
  subject_id     uuid,
  facts          jsonb       not null default '{}',
  at             timestamptz not null,
  -- Listed on the pages. A notice that is only mailed is kept as well: it was given.
  listed         boolean     not null,
  read_at        timestamptz,
  mail           text        not null check (mail in ('off', 'at_once', 'digest')),
  mail_attempts  integer     not null default 0,
  -- When the next try is due; null once it was sent, given up, or waits for the day's digest.
  mail_due_at    timestamptz,
  mailed_at      timestamptz,
  primary key (cooperative_id, id),
  unique (cooperative_id, member_id, kind, source)
);
create index notification_by_member on platform.notification (cooperative_id, member_id, at desc, id desc) where listed;
create index notification_unread on platform.notification (cooperative_id, member_id) where listed and read_at is null;
create index notification_mail_due on platform.notification (mail_due_at) where mail_due_at is not null;
create index notification_for_digest on platform.notification (cooperative_id, at)
  where mail = 'digest' and mailed_at is null;
select platform.wall('platform.notification');

-- How a member wants to hear of a kind of notice; without a row, as the kind is usually told.
create table platform.notification_preference (
  cooperative_id uuid    not null references platform.cooperative,
  member_id      uuid    not null,
  kind           text    not null,
  listed         boolean not null,
  mail           text    not null check (mail in ('off', 'at_once', 'digest')),
  primary key (cooperative_id, member_id, kind)
);
select platform.wall('platform.notification_preference');

-- The civil day each cooperative's digest was last put together for: one a day, however many workers look.
create table platform.notification_digest (
  cooperative_id uuid not null references platform.cooperative,
  day            date not null,
  sent_at        timestamptz not null,
  primary key (cooperative_id, day)
);
select platform.wall('platform.notification_digest');

grant select, insert on platform.notification to habitat_platform;
grant update (read_at, mail_attempts, mail_due_at, mailed_at) on platform.notification to habitat_platform;
grant select, insert, update on platform.notification_preference to habitat_platform;
grant select, insert on platform.notification_digest to habitat_platform;

-- What is due is looked for over all cooperatives; only where and when, never what it says.
grant select (cooperative_id, id, mail_due_at) on platform.notification to habitat_relay;
create policy relay on platform.notification for select to habitat_relay using (true);
