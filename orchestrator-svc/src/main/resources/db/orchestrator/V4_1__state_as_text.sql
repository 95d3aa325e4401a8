-- A state is written anew with each step and looked into by nobody but the service, so it is kept as it comes, in the page of its row and
-- with room beside it for the next one: no second table, no parsing, no index touched. Who wants to look in says state::jsonb.
alter table migration alter column state type text using state::text;
alter table migration set (toast_tuple_target = 8160, fillfactor = 40);
