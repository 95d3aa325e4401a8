# A process is named by its pid and the tick at which it began, so that a pid that was used again is not taken for it.
begun_of() {
    sed 's/^.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20
}

# alive FILE: whether the process that the file names (PID TICK) still runs; sets pid.
alive() {
    [ -f "$1" ] || return 1
    pid= begun=
    read -r pid begun <"$1"
    [ -n "$pid" ] && [ -n "$begun" ] && [ "$(begun_of "$pid")" = "$begun" ]
}
