-- Calls of a DNS provider's API, by all replicas: the provider counts them per account.
create table api_call (
    account text not null,
    at timestamptz not null
);

create index api_call_latest on api_call (account, at desc);
