-- Commands that were sent before participants were asked about unanswered ones are asked about from now on.
insert into migration_timer (migration_id, key, due_at)
select migration.id, 'unanswered/' || step.key || '/' || way.name || '/' || (step.value -> way.field ->> 'attempt'), now()
from migration
cross join jsonb_each(state -> 'ledger' -> 'steps') as step
cross join (values ('do', 'forward'), ('undo', 'back')) as way (name, field)
where status in ('RUNNING', 'COMPENSATING')
  and step.value -> way.field ->> 'state' in ('in-flight', 'cancelling')
on conflict (migration_id, key) do nothing;
