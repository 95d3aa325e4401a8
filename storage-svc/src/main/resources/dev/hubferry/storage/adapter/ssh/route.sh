# The way from the target to the source, as rsync's remote shell; a worker keeps its connection from one batch to the next, since a
# handshake takes eleven round trips. The current directory is the run directory. usage: WORKER HOST COMMAND…
# Who listens for others outlives this runner by some seconds: it must not hold its lock.
connection=way.$1
shift
# One login at a time: an sshd refuses some of those that come at once (MaxStartups). What cannot be shared, or not be reached, is seen below.
if [ ! -S "$connection" ]; then
    (
        flock -w 30 7
        [ -S "$connection" ] || ssh -F ssh_config -o ControlMaster=yes -o ControlPersist=60 -S "$connection" -fN "$1" 7>&- 8>&- 9>&-
    ) 7>login </dev/null >/dev/null 2>&1
fi
exec ssh -F ssh_config -o ControlMaster=auto -o ControlPersist=60 -S "$connection" "$@" 8>&- 9>&-
