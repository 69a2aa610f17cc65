-- The trace an event was recorded in (W3C traceparent), so that the handlers it sets off are seen as part of it. Null
-- wherever nobody traces.
alter table platform.event
  add column trace_parent text default nullif(current_setting('habitat.trace_parent', true), '');
