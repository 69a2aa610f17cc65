-- Whoever gets an account back takes back the keys that were made with it meanwhile, in every cooperative it belongs to.

create policy own_read on platform.api_key for select to habitat_platform
  using (supervisor_login_id = platform.current_login());
create policy own_write on platform.api_key for update to habitat_platform
  using (supervisor_login_id = platform.current_login());
