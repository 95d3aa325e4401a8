-- Where in a trace a migration was requested, as W3C's traceparent; what is said of it, by whichever replica and whenever, is a part of that.
-- Empty when nobody traced then; an older replica leaves it alone.
alter table migration add column trace_parent text;
