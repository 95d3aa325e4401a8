# The way from the target to the source, as rsync's remote shell; a worker keeps its connection from one batch to the next, since a
# handshake takes eleven round trips. The current directory is the run directory. usage: WORKER HOST COMMAND…
# Who listens for others outlives this runner by some seconds: it must not hold its lock.
connection=way.$1
shift
exec ssh -F ssh_config -o ControlMaster=auto -o ControlPersist=60 -S "$connection" "$@" 8>&- 9>&-
