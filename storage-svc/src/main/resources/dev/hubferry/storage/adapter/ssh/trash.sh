# Moves entries of the homes, which is the current directory, into the trash, below the names of the directories that they were in.
# What is not there has been moved before. usage: TRASH PATH…   paths begin with ./
set -u
trash=$1
shift
status=0

# throw PARENT PATH…: they all were in one directory.
throw() {
    into=$trash/$1
    shift
    mv -f -t "$into" -- "$@" || status=1
}

# All at once: a process takes longer than a directory.
parent=
{
    for path; do
        [ "$parent" = "${path%/*}" ] || printf '%s\0' "$trash/${path%/*}"
        parent=${path%/*}
    done
} | xargs -0 -r mkdir -p -- || exit 1

parent=
for path; do
    [ "$parent" = "${path%/*}" ] || {
        [ -z "$parent" ] || [ $# -eq 0 ] || throw "$parent" "$@"
        parent=${path%/*}
        set --
    }
    if [ -e "$path" ] || [ -L "$path" ]; then set -- "$@" "$path"; fi
done
[ $# -eq 0 ] || throw "$parent" "$@"
exit $status
