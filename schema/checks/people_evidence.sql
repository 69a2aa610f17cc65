-- Evidence files. Returns a row per fault: more than a contribution takes, or attached before it was there.
select 'a contribution has more evidence files than it may' as problem, cooperative_id, contribution_id as id
from people.evidence_file where contribution_id is not null
group by cooperative_id, contribution_id having count(*) > 10
union all
select 'attached before it was uploaded', cooperative_id, file_id
from people.evidence_file where attached_at < uploaded_at;
