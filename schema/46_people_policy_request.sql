-- A change that makes two signatures rarer, lets more work through without a reviewer or lets requests stand longer is
-- itself signed by two: it stands here until a second administrator agrees, and only then becomes a version.

create table people.policy_request (
  cooperative_id uuid        not null references people.cooperative,
  request_id     uuid        not null,
  topic          text        not null check (topic in ('approval', 'auto_approval')),
  -- The rule it would make or change; the approval policy is one thing and has none.
  rule_id        uuid,
  -- The version it was compared with, 0 for a new rule: agreeing to it counts only while that one is still in force.
  base_version   integer     not null check (base_version >= 0),
  effective_from date        not null,
  body           jsonb       not null,
  rationale      text        not null check (btrim(rationale) <> ''),
  by_kind        text        not null,
  by_login_id    uuid,
  by_member_id   uuid,
  recorded_at    timestamptz not null,
  primary key (cooperative_id, request_id),
  check ((topic = 'auto_approval') = (rule_id is not null)),
  check (by_login_id is not null or by_member_id is not null)
);
select platform.wall('people.policy_request');
select platform.make_append_only('people.policy_request');
grant select, insert on people.policy_request to habitat_people;

create table people.policy_request_ending (
  cooperative_id uuid        not null,
  request_id     uuid        not null,
  outcome        text        not null check (outcome in ('approved', 'declined', 'expired')),
  reason         text,
  -- The version it became.
  version        integer,
  by_login_id    uuid,
  by_member_id   uuid,
  recorded_at    timestamptz not null,
  primary key (cooperative_id, request_id),
  foreign key (cooperative_id, request_id) references people.policy_request (cooperative_id, request_id),
  check ((outcome = 'approved') = (version is not null)),
  check (outcome = 'expired' or by_login_id is not null or by_member_id is not null),
  check (outcome <> 'declined' or btrim(coalesce(reason, '')) <> '')
);
select platform.wall('people.policy_request_ending');
select platform.make_append_only('people.policy_request_ending');
grant select, insert on people.policy_request_ending to habitat_people;
