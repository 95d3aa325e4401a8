-- What a command was answered with, so that it can be said again when the orchestrator asks what became of the command.
alter table inbox add column reply_headers text;
alter table inbox add column reply_body text;
