# Succeeds when the route is open and obeys this run of a command. usage: RUN COMMAND EPOCH
#include fence
set -u
umask 077
fence "$1" "$2" "$3"
