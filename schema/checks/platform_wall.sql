-- The wall between cooperatives stands around every table of every context: tenant column first, row level security
-- on and forced, and nothing owned by a role that services act as. Accounts with what opens them, failed sign-ins and the
-- machinery itself have no tenant.
select class.oid::regclass as table_name,
  case
    when not class.relrowsecurity or not class.relforcerowsecurity then 'row level security is not forced'
    when role.rolname in ('habitat_platform', 'habitat_treasury', 'habitat_people', 'habitat_agreements', 'habitat_relay')
      then 'owned by a role services act as'
    else 'has no cooperative_id'
  end as fault
from pg_catalog.pg_class class
join pg_catalog.pg_namespace namespace on namespace.oid = class.relnamespace
join pg_catalog.pg_roles role on role.oid = class.relowner
where namespace.nspname in ('platform', 'treasury', 'people', 'agreements')
  and class.relkind in ('r', 'p')
  and (
    not class.relrowsecurity
    or not class.relforcerowsecurity
    or role.rolname in ('habitat_platform', 'habitat_treasury', 'habitat_people', 'habitat_agreements', 'habitat_relay')
    or (
      class.oid::regclass::text not in (
        'platform.login', 'platform.sign_in_failure', 'platform.sign_in_refusal', 'platform.second_factor', 'platform.recovery_code',
        'platform.passkey', 'platform.passkey_challenge', 'platform.provider_identity', 'platform.handler',
        'platform.schedule_run')
      and not exists (
        select from pg_catalog.pg_attribute attribute
        where attribute.attrelid = class.oid and attribute.attname = 'cooperative_id' and attribute.attnotnull
      )
    )
  );
