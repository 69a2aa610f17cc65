-- Every cooperative announced itself exactly once; without that event no context would know it.
select cooperative.cooperative_id, cooperative.slug, count(event.id) as announcements
from platform.cooperative
left join platform.event
  on event.cooperative_id = cooperative.cooperative_id and event.type = 'platform.cooperative.created'
group by cooperative.cooperative_id, cooperative.slug
having count(event.id) <> 1;
