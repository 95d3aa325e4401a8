# Brings what has come into a stage to its place in the homes, which is the current directory; whatever it has to say is a failure.
# No file is ever seen half written: it is renamed, or linked. Links in the homes are never followed. usage: recursive|listed homes|root STAGE
set -u
stage=$3 tree=$3/tree

# strip homes|root: takes off attributes that a directory has and its source perhaps lacks; nobody else does. Names are escaped in octal.
strip() {
    find "$tree" -mindepth 1 -type d -printf './%P\0' >"$stage/directories"
    [ "$1" = homes ] || printf '.\0' >>"$stage/directories"
    xargs -0 -r -a "$stage/directories" getfattr -h -m '^(user|trusted|security)\.' --absolute-names -- 2>/dev/null |
        sed 's,\\\([0-7][0-7][0-7]\),\\0\1,g' | while read -r line; do
        case $line in
            '# file: '*) directory=$(printf '%b.' "${line#'# file: '}") ;;
            '' | security.selinux) ;;
            # Another worker may have been first.
            *) setfattr -h -x "$(printf '%b' "$line")" -- "${directory%.}" 2>/dev/null ;;
        esac
    done
}

# Links whatever is there, and gives directories their attributes.
if [ "$1" = listed ]; then
    strip "$2"
    if [ "$2" = root ]; then
        exec cp -al --remove-destination -T -- "$tree" .
    fi
    find "$tree" -mindepth 1 -maxdepth 1 -print0 | xargs -0 -r cp -al --remove-destination -t . --
    exit
fi

# Whole subtrees, and what else is in the list. Parents come before what is in them.
xargs -0 -r -a "$stage/wanted" sh -c '
    tree=$0 parent=

    # real DIRECTORY: whether it is there, and no link on the way to it.
    real() {
        up=$1
        while [ "$up" != . ]; do
            [ -d "$up" ] && [ ! -L "$up" ] || return 1
            up=${up%/*}
        done
    }

    # move PARENT ENTRY…: they all were in one directory.
    move() {
        [ -n "$1" ] && [ $# -gt 1 ] || return 0
        into=$1
        shift
        mv -f -t "$into" -- "$@"
    }

    for path; do
        from=$tree/${path#./} above=${path%/*}
        [ -e "$from" ] || [ -L "$from" ] || continue
        if [ "$above" != "$parent" ]; then
            # What is in a directory that is about to be moved comes with it.
            real "$above" || continue
            move "$parent" "$@"
            parent=$above
            set --
        fi
        if [ -d "$from" ] && [ ! -L "$from" ] && { [ -e "$path" ] || [ -L "$path" ]; }; then
            # A runner that was killed has brought it here already.
            cp -al --remove-destination -t "$above" -- "$from" && rm -rf -- "$from"
        else
            set -- "$@" "$from"
        fi
    done
    move "$parent" "$@"' "$tree"
find "$tree" -mindepth 1 ! -type d -printf 'could not be put into its place: ./%P\n' | head -n 20
