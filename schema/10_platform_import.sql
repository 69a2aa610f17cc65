-- Imports: which file brought what, so that it is not imported twice and can be taken back. A batch is written down
-- before its file's command runs (state running) and knows what was made once that committed (state done).

create table platform.import_batch (
  cooperative_id     uuid        not null,
  id                 uuid        not null,
  kind               text        not null
    check (kind in ('members', 'opening-balances', 'retained-patronage', 'contributions', 'journal')),
  file_name          text        not null check (length(file_name) between 1 and 400),
  -- SHA-256 of kind and text.
  file_hash          text        not null check (file_hash ~ '^[0-9a-f]{64}$'),
  row_count          integer     not null check (row_count > 0),
  state              text        not null check (state in ('running', 'done', 'undone')),
  imported_by_login_id  uuid,
  imported_by_member_id uuid,
  begun_at           timestamptz not null,
  done_at            timestamptz,
  undone_at          timestamptz,
  undone_by_login_id uuid,
  undo_reason        text,
  primary key (cooperative_id, id),
  check ((done_at is null) = (state = 'running')),
  check ((undone_at is null) = (state <> 'undone')),
  check ((undo_reason is null) = (state <> 'undone'))
);
-- The same bytes stand once.
create unique index import_batch_once on platform.import_batch (cooperative_id, file_hash) where state <> 'undone';
select platform.wall('platform.import_batch');

-- What a batch made: members, transactions, lots or contributions, with the line of the file.
create table platform.import_item (
  cooperative_id uuid    not null,
  batch_id       uuid    not null,
  subject_id     uuid    not null,
  line           integer not null check (line > 0),
  primary key (cooperative_id, batch_id, subject_id),
  foreign key (cooperative_id, batch_id) references platform.import_batch (cooperative_id, id)
);
select platform.wall('platform.import_item');
select platform.make_append_only('platform.import_item');

grant select, insert, update, delete on platform.import_batch to habitat_platform;
grant select, insert on platform.import_item to habitat_platform;
