#!/bin/bash
# Run once by the image of PostgreSQL when its data folder is new: login and slot of the replica, and the
# login of the exporter, which sees statistics and no data.
set -euo pipefail

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set replication="$REPLICATION_PASSWORD" --set monitor="$MONITOR_PASSWORD" <<'SQL'
create role habitat_replica with replication login password :'replication';
create role habitat_monitor with login password :'monitor' in role pg_monitor;
create extension if not exists pg_stat_statements;
select pg_create_physical_replication_slot('habitat_replica');
SQL
echo 'host replication habitat_replica all scram-sha-256' >>"$PGDATA/pg_hba.conf"
