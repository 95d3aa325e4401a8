# Makes the sockets of a batch in its stage, whose tree is the current directory: tar leaves them out. Whatever it has to say is a failure.
# usage: recursive|listed STAGE RECORDS SOCKET OWNER
#   RECORDS  as a manifest has them; SOCKET: one to copy, since nothing but cp makes any; OWNER: UID:GID, or empty for those of the record
set -u
stage=$2
sed -z 's,//.*,,' "$3" | sort -z | comm -z -12 - "$stage/wanted" >"$stage/sockets" || exit 66
# Beside the tree a directory stands for one of which not all is wanted, and a file for a socket in it that is.
mkdir "$stage/scope" && cd "$stage/scope" || exit 66
{
    cat "$stage/above"
    sed -z 's,/[^/]*$,,' "$stage/sockets"
} | xargs -0 -r mkdir -p --
xargs -0 -r -a "$stage/sockets" touch --
cd "$stage/tree" || exit 66
xargs -0 -r -a "$3" sh -c '
    stage=$0 depth=$1 socket=$2 owner=$3

    # make PATH PARENT TYPE MODE UID GID SIZE MTIME: the times of its parent stay as they are.
    make() {
        touch -r "$2" "$stage/time"
        cp -a -T -- "$socket" "$1" && chown -h "${owner:-$5:$6}" -- "$1" && chmod "$4" -- "$1" && touch -d "@$8" -- "$1"
        touch -r "$stage/time" "$2"
    }

    shift 3
    for record; do
        path=${record%%//*} fields=${record#*//}
        above=${path%/*}
        [ -d "$above" ] || continue
        if [ "$depth" = listed ] || [ -d "$stage/scope/$above" ]; then
            [ -f "$stage/scope/$path" ] || continue
        fi
        [ -e "$path" ] || [ -L "$path" ] || make "$path" "$above" ${fields%%//*}
    done' "$stage" "$1" "$4" "$5"
