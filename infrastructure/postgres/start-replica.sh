#!/bin/bash
# Starts the replica: a new data folder is filled from the primary first, one that is there goes on from where it was.
# The copy is made beside and moved into place whole, so that an interrupted one is begun again.
set -euo pipefail

mkdir -p "${PGDATA%/*}"
# Where the password lies for as long as the server runs; only its user may read it.
passfile=${PGDATA%/*}/replica.pgpass
(
  umask 077
  printf '*:*:*:habitat_replica:%s\n' "$REPLICATION_PASSWORD" >"$passfile"
)

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  fresh=${PGDATA%/*}/replica.fresh
  rm -rf "$fresh"
  pg_basebackup --pgdata="$fresh" --write-recovery-conf --wal-method=stream --checkpoint=fast --slot=habitat_replica \
    --dbname="host=$PRIMARY_HOST port=${PRIMARY_PORT:-5432} user=habitat_replica passfile=$passfile application_name=habitat_replica"
  chmod 700 "$fresh"
  rm -rf "$PGDATA"
  mv "$fresh" "$PGDATA"
fi

unset REPLICATION_PASSWORD
exec "$@"
