#!/bin/sh
# Installs Debian packages for the tests (scripts/servers/debian.mjs calls it, as root and under one lock). A package
# of a server would start it on its standard port: policy-rc.d forbids that for as long as this runs.
set -eu

policy=/usr/sbin/policy-rc.d
mark='# written by Habitat while it installs packages'

remove_policy() {
  if [ -f "$policy" ] && grep -qF "$mark" "$policy"; then rm -f "$policy"; fi
}
trap remove_policy EXIT
trap 'exit 1' HUP INT TERM

if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\n%s\nexit 101\n' "$mark" >"$policy"
  chmod 755 "$policy"
fi

install() {
  DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -y -qq --no-install-recommends \
    -o DPkg::Lock::Timeout=120 "$@" >/dev/null 2>&1
}

# The lists of a fresh machine are empty or old: they are fetched when the first try finds nothing.
install "$@" || { apt-get update -qq >/dev/null 2>&1 && install "$@"; }
