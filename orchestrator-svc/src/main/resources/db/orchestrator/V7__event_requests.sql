-- What was asked for by event, and what was answered, so that whatever comes again is answered as the first time.
create table event_request (
    requester   text        not null,
    id          text        not null,
    body_hash   text        not null,
    -- The migration or plan that it is about, if there is one; it may be forgotten before this.
    about       text,
    answer_type text        not null,
    answer      text        not null,
    answered_at timestamptz not null,
    -- A plan was accepted, and its verdict was not told yet.
    plan_open   boolean     not null,
    primary key (requester, id)
);

create index event_request_old on event_request (answered_at);
create index event_request_open on event_request (about) where plan_open;
