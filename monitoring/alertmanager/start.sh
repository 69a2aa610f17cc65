#!/bin/sh
# Starts Alertmanager with the ways to reach the operators that the environment names. Alertmanager itself expands no
# variables; a password stays in its file.
#
#   ALERT_EMAIL_TO            address that gets mails; needs ALERT_SMTP_HOST (host:port) and ALERT_EMAIL_FROM
#   ALERT_SMTP_USERNAME, ALERT_SMTP_PASSWORD_FILE   when the mail server asks for them
#   ALERT_WEBHOOK_URL         address that gets each alert as JSON (chat bridges, pagers)
#   ALERT_CONFIG, ALERT_CONFIG_OUT   what is read and written: the file beside this one, /tmp/alertmanager.yml
set -eu

here=$(dirname "$0")
from=${ALERT_CONFIG:-$here/alertmanager.yml}
to=${ALERT_CONFIG_OUT:-/tmp/alertmanager.yml}

# A single-quoted YAML text.
quoted() {
  printf "'%s'" "$(printf '%s' "$1" | sed "s/'/''/g")"
}

cp "$from" "$to"
if [ -n "${ALERT_EMAIL_TO:-}" ]; then
  : "${ALERT_EMAIL_FROM:?is needed with ALERT_EMAIL_TO}" "${ALERT_SMTP_HOST:?is needed with ALERT_EMAIL_TO}"
  {
    echo '    email_configs:'
    echo "      - to: $(quoted "$ALERT_EMAIL_TO")"
    echo "        from: $(quoted "$ALERT_EMAIL_FROM")"
    echo "        smarthost: $(quoted "$ALERT_SMTP_HOST")"
    echo '        send_resolved: true'
  } >>"$to"
  if [ -n "${ALERT_SMTP_USERNAME:-}" ]; then
    : "${ALERT_SMTP_PASSWORD_FILE:?is needed with ALERT_SMTP_USERNAME}"
    {
      echo "        auth_username: $(quoted "$ALERT_SMTP_USERNAME")"
      echo "        auth_password_file: $(quoted "$ALERT_SMTP_PASSWORD_FILE")"
    } >>"$to"
  fi
fi
if [ -n "${ALERT_WEBHOOK_URL:-}" ]; then
  {
    echo '    webhook_configs:'
    echo "      - url: $(quoted "$ALERT_WEBHOOK_URL")"
    echo '        send_resolved: true'
  } >>"$to"
fi

exec "${ALERTMANAGER:-/bin/alertmanager}" "--config.file=$to" "$@"
