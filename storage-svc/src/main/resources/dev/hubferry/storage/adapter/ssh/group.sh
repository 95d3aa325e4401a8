#include process
# mark_of PASS: MIGRATION/pass-NUMBER
mark_of() {
    above=${1%/*}
    echo "${above##*/}/${1##*/}"
}

# members FILE: prints the processes of the runner that the file names (PID TICK), also when only its leader has died. They carry the
# mark of their pass, so that a group whose number was used again is not taken for it.
members() {
    leader=
    [ ! -f "$1" ] || read -r leader unused <"$1"
    [ -n "$leader" ] || return 0
    for member in $(sed -n "s/^\([0-9]*\) (.*) [^ZX] [0-9]* $leader .*/\1/p" /proc/[0-9]*/stat 2>/dev/null); do
        ! grep -qzxF "HUBFERRY_PASS=$(mark_of "${1%/pid}")" "/proc/$member/environ" 2>/dev/null || echo "$member"
    done
}

# end_runner FILE: ends the process group of the runner that the file names. Exit code 72: it does not end.
end_runner() {
    waited=0
    while [ -n "$(members "$1")" ]; do
        read -r leader unused <"$1"
        case $waited in
            0) kill -s TERM -- "-$leader" 2>/dev/null ;;
            50) kill -s KILL -- "-$leader" 2>/dev/null ;;
            200)
                echo "runner $leader does not end" >&2
                exit 72
                ;;
        esac
        waited=$((waited + 1))
        sleep 0.1
    done
}

# end_runners RUN [PASS]: ends the runners of all passes, or of all others.
end_runners() {
    for file in "$1"/pass-*/pid; do
        [ "$file" = "$1/${2-}/pid" ] || end_runner "$file"
    done
}
