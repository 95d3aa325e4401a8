# Receives a file; it counts only once it is committed, with its size. usage: RUN NAME <content
set -u
umask 077
[ -d "$1/epochs" ] || exit 65
cat >"$1/$2"
