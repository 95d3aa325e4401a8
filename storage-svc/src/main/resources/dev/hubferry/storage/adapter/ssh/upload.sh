# Receives a list of NUL-separated records and sorts it; it counts only once it is committed. usage: RUN NAME <records
set -u
umask 077
LC_ALL=C
export LC_ALL
[ -d "$1/epochs" ] || exit 65
sort -z -T "$1" -o "$1/$2"
