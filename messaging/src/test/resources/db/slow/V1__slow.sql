select pg_sleep(7);
