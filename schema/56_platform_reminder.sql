-- Whoever asked for something that waits for others may remind them: of one thing at most once on a day, by the
-- cooperative's calendar, whoever presses how often.
create table platform.reminder (
  cooperative_id uuid        not null references platform.cooperative,
  -- What waits: a request for a second person, of whichever context.
  item_id        uuid        not null,
  on_day         date        not null,
  by_login_id    uuid        not null,
  by_member_id   uuid        not null,
  recorded_at    timestamptz not null,
  primary key (cooperative_id, item_id, on_day)
);
select platform.wall('platform.reminder');
select platform.make_append_only('platform.reminder');
grant select, insert on platform.reminder to habitat_platform;
