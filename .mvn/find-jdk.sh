# Sourced by ./hubferry and ./mvnw: sets and exports JAVA_HOME to a JDK of at least $hubferry_jdk, or fails with what to do.
hubferry_jdk=25

# Prints the major version of the JDK in $1; nothing when there is no JDK (a JRE has no javac).
jdk_major() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_jdk() {
  local path_java home major
  path_java=$(command -v java 2>/dev/null || true)
  [ -z "$path_java" ] || path_java=$(dirname "$(dirname "$(readlink -f "$path_java")")")
  for home in "${JAVA_HOME:-}" "$path_java" /usr/lib/jvm/* /usr/local/lib/jvm/* /opt/* /opt/java/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.jdks/*/Contents/Home /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$home" ] || continue
    major=$(jdk_major "$home")
    if [ -n "$major" ] && [ "$major" -ge "$hubferry_jdk" ]; then
      export JAVA_HOME="$home"
      return 0
    fi
  done
  echo "hubferry: no JDK $hubferry_jdk or newer found (looked at JAVA_HOME, java on the PATH, /usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks)." >&2
  echo "  Install one, for example Temurin $hubferry_jdk, and set JAVA_HOME to its folder." >&2
  return 1
}
