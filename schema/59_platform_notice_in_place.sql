-- A notice of a posting takes the place of the one of the approval before it: one contribution, one line in the list and in
-- the day's mail.
grant update (listed, mail) on platform.notification to habitat_platform;
