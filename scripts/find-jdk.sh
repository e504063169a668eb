# Sourced by mobilenet and check. Starts no process unless it must, and works in the bash 3.2 that macOS has.

# Where JDKs usually lie; MOBILENET_JDK_SEARCH (folders that hold JDKs, separated by colons) replaces the list.
jdk_candidates() {
  candidates=()
  local folder
  if [[ -n ${MOBILENET_JDK_SEARCH+set} ]]; then
    local IFS=:
    for folder in $MOBILENET_JDK_SEARCH; do
      candidates+=("$folder"/*)
    done
    return
  fi
  candidates+=(
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/lib/jvm/* /opt/* /opt/java/*
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* "${HOME:-}"/.local/share/mise/installs/java/*
    "${HOME:-}"/.asdf/installs/java/* "${HOME:-}"/.gradle/jdks/*
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
  )
}

# Whether $1 is the home of a Java 25 or newer that has $2 (java to run, javac to build) and the vector module.
# Its `release` file says so, which saves starting it.
is_jdk() {
  [[ -x $1/bin/java && -x $1/bin/$2 && -r $1/release ]] || return 1
  local line version= modules=
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*) version=${line#JAVA_VERSION=} version=${version//\"/} version=${version%%[!0-9]*} ;;
      MODULES=*) modules=$line ;;
    esac
  done <"$1/release"
  [[ -n $version && $version -ge 25 && $modules == *jdk.incubator.vector* ]]
}

# Sets path_java to the `java` on the path, or to nothing.
find_path_java() {
  local folder IFS=:
  for folder in $PATH; do
    path_java=$folder/java
    [[ -f $path_java && -x $path_java ]] && return
  done
  path_java=
}

# find_jdk java|javac: sets jdk to the home of a Java 25 or newer: JAVA_HOME's, else the path's, else the first in the
# usual places. Otherwise says what to do, in one line, and fails.
find_jdk() {
  jdk=${JAVA_HOME:-}
  [[ -n $jdk ]] && is_jdk "$jdk" "$1" && return

  jdk_candidates
  find_path_java
  if [[ -n $path_java ]]; then
    local known=
    for jdk in "${path_java%/bin/java}" ${candidates[@]+"${candidates[@]}"}; do
      [[ $jdk/bin/java -ef $path_java ]] && known=yes && is_jdk "$jdk" "$1" && return
    done
    if [[ -z $known ]]; then # a link to a place of its own
      jdk=$(readlink -f "$path_java" 2>/dev/null)
      jdk=${jdk%/bin/java}
      [[ -n $jdk ]] && is_jdk "$jdk" "$1" && return
    fi
  fi

  for jdk in ${candidates[@]+"${candidates[@]}"}; do
    is_jdk "$jdk" "$1" && return
  done
  jdk=
  echo "${0##*/}: found no Java 25 with $1 and the module jdk.incubator.vector; install a JDK 25 or newer, or set JAVA_HOME to one" >&2
  return 1
}
