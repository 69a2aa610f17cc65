-- What a person prefers, wherever they sign in: language, theme, shortcuts. It belongs to the account, not to a
-- cooperative; its shape is checked in code before it is written.

alter table platform.login add column preferences jsonb not null default '{}' check (jsonb_typeof(preferences) = 'object');
grant update (preferences) on platform.login to habitat_platform;

-- The settings page lists a person's own sessions with when each was last used.
create index refresh_token_last_issued on platform.refresh_token (cooperative_id, session_id, issued_at);
