-- Peers: a cooperative may have members without any office validate each other's work, so many of them within so many
-- days. Which rule an item waits under is kept with it; who said yes or no never changes; and the database itself lets
-- nothing through on fewer peers than the rule asked for. Why: docs/decisions/0021-peers-validate-a-no-goes-to-a-reviewer.md.

alter table people.contribution
  -- open while peers decide; then what became of it: validated, objected, timed_out, no_eligible. Null where no peers were asked.
  add column peer_state text,
  -- The last day, by the cooperative's calendar, on which a peer may say something.
  add column peers_until date,
  -- From when on it is with whoever decides after the peers.
  add column peers_ended_at timestamptz;
grant update (peer_state, peers_until, peers_ended_at) on people.contribution to habitat_people;
create index contribution_with_peers on people.contribution (cooperative_id, submitted_at, contribution_id)
  where peer_state = 'open';

alter table people.contribution_step drop constraint contribution_step_act_check;
alter table people.contribution_step add constraint contribution_step_act_check check (act in
  ('logged', 'edited', 'submitted', 'signed', 'adjusted', 'asked', 'answered', 'approved', 'valued', 'applied', 'rejected',
   'withdrawn', 'disputed', 'resolved', 'override_requested', 'overridden', 'late_allowed', 'posting_refused',
   'peer_validated', 'peer_objected', 'peers_ended'));
alter table people.contribution_step
  add constraint contribution_step_objection check (act <> 'peer_objected' or coalesce(reason, '') <> '');

-- The terms a round of a contribution waits under: those in force when it was submitted, whatever is decided later.
create table people.peer_review (
  cooperative_id  uuid        not null,
  contribution_id uuid        not null,
  round           smallint    not null,
  needed          smallint    not null check (needed between 1 and 20),
  until_on        date        not null,
  on_timeout      text        not null check (on_timeout in ('escalate', 'approve', 'reject')),
  -- Only holders of this role, only members of this class; null for every active member.
  role            text,
  class           text,
  policy_version  integer     not null,
  opened_at       timestamptz not null,
  primary key (cooperative_id, contribution_id, round),
  foreign key (cooperative_id, contribution_id) references people.contribution (cooperative_id, contribution_id)
);
select platform.wall('people.peer_review');
select platform.make_append_only('people.peer_review');
grant select, insert on people.peer_review to habitat_people;

create table people.peer_vote (
  cooperative_id  uuid        not null,
  contribution_id uuid        not null,
  round           smallint    not null,
  member_id       uuid        not null,
  login_id        uuid        not null,
  verdict         text        not null check (verdict in ('validated', 'objected')),
  -- What was validated.
  quantity        numeric(27, 12) not null,
  value_minor     bigint      not null,
  voted_at        timestamptz not null,
  unique (cooperative_id, contribution_id, round, login_id),
  foreign key (cooperative_id, contribution_id, round)
    references people.peer_review (cooperative_id, contribution_id, round),
  foreign key (cooperative_id, member_id) references people.member (cooperative_id, member_id)
);
alter table people.peer_vote add primary key (cooperative_id, contribution_id, round, member_id);
select platform.wall('people.peer_vote');
select platform.make_append_only('people.peer_vote');
grant select, insert on people.peer_vote to habitat_people;

create function people.guard_peer_vote() returns trigger
  language plpgsql as $$
begin
  if exists (
    select from people.contribution c
    join people.member m on m.cooperative_id = c.cooperative_id and m.member_id = c.member_id
    where c.cooperative_id = new.cooperative_id and c.contribution_id = new.contribution_id
      and (new.member_id in (c.member_id, c.logged_by_member_id) or new.login_id in (m.login_id, c.logged_by_login_id))
  ) then
    raise exception using
      errcode = 'HB006',
      message = 'nobody validates what they gave or logged themselves',
      hint = 'another member does';
  end if;
  -- Given while it was open, or the one that ended it.
  if not exists (
    select from people.contribution c
    join people.member peer on peer.cooperative_id = c.cooperative_id and peer.member_id = new.member_id
    where c.cooperative_id = new.cooperative_id and c.contribution_id = new.contribution_id
      and c.round = new.round and (c.peer_state = 'open' or c.peers_ended_at = new.voted_at)
      and peer.status = 'active'
  ) then
    raise exception using errcode = 'check_violation', schema = 'people', table = 'peer_vote',
      constraint = 'peer_vote_in_time',
      message = 'peers are heard while the contribution is with them, and active members only';
  end if;
  return null;
end $$;
create trigger guard after insert on people.peer_vote
  for each row execute function people.guard_peer_vote();
alter table people.peer_vote enable always trigger guard;

-- What became of a round with its peers agrees with what they said and with the rule; and nothing is valued without a
-- reviewer's signature and without a rule of auto-approval unless its peers, or the rule about their silence, let it.
create function people.guard_peer_outcome() returns trigger
  language plpgsql as $$
declare
  terms people.peer_review;
  yes   integer;
  no    integer;
  sound boolean;
begin
  select r.* into terms from people.peer_review r
  where r.cooperative_id = new.cooperative_id and r.contribution_id = new.contribution_id and r.round = new.round;
  select count(*) filter (where v.verdict = 'validated'), count(*) filter (where v.verdict = 'objected') into yes, no
  from people.peer_vote v
  where v.cooperative_id = new.cooperative_id and v.contribution_id = new.contribution_id and v.round = new.round;
  sound := case new.peer_state
    when 'open' then new.status = 'submitted' and new.peers_ended_at is null and new.peers_until = terms.until_on
    when 'validated' then yes >= terms.needed and no = 0
    when 'objected' then no > 0
    when 'timed_out' then (new.peers_ended_at at time zone (
      select o.time_zone from people.cooperative o where o.cooperative_id = new.cooperative_id))::date > terms.until_on
    when 'no_eligible' then terms.needed is not null
    else new.peer_state is null
  end and (new.peer_state is null or new.peer_state = 'open' or new.peers_ended_at is not null);
  if sound and new.status = 'valued' and new.signatures_needed = 0 and not new.auto_approved then
    sound := new.peer_state = 'validated' or (new.peer_state = 'timed_out' and terms.on_timeout = 'approve');
  end if;
  if sound is not true then
    raise exception using errcode = 'check_violation', schema = 'people', table = 'contribution',
      constraint = 'contribution_peers',
      message = format('contribution %s went further than its peers let it', new.contribution_id);
  end if;
  return null;
end $$;
-- Only where something about peers changes, or a value becomes firm with nobody's signature: logging pays nothing for it.
create trigger guard_peers_logged after insert on people.contribution
  for each row when (
    new.peer_state is not null or (new.status = 'valued' and new.signatures_needed = 0 and not new.auto_approved)
  ) execute function people.guard_peer_outcome();
create trigger guard_peers after update on people.contribution
  for each row when (
    new.peer_state is distinct from old.peer_state
    or (new.peer_state = 'open' and (new.status <> old.status or new.round <> old.round))
    or (new.status = 'valued' and old.status = 'submitted' and new.signatures_needed = 0 and not new.auto_approved)
  ) execute function people.guard_peer_outcome();
alter table people.contribution enable always trigger guard_peers_logged;
alter table people.contribution enable always trigger guard_peers;
