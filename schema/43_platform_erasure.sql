-- The platform's part of an erasure: rows that were only ever marked as over may go, by the one command that erases.
grant delete on platform.membership, platform.identity_link, platform.notification, platform.notification_preference,
  platform.pending_act to habitat_platform;
grant update (name) on platform.api_key to habitat_platform;
