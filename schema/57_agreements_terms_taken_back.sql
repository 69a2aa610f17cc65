-- Whoever proposed weights or policies may take them back, as with everything else that waits for a second person: only a
-- yes takes somebody else.
create or replace trigger two_people before insert on agreements.terms_decision
  for each row when (new.outcome = 'approved')
  execute function agreements.refuse_same_person('agreements.terms', 'terms_id');
alter table agreements.terms_decision enable always trigger two_people;
