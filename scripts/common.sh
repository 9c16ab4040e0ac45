# Sourced by the other scripts: goes to the project's root and offers what several of them do.
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=C.UTF-8  # the same messages and sorting on every machine

# configure FOLDER [CMAKE OPTION...]: quick and silent, unless it fails.
configure() {
  local folder=$1
  shift
  mkdir -p "$folder"
  cmake -S . -B "$folder" -G Ninja "$@" >"$folder/configure.log" 2>&1 || {
    cat "$folder/configure.log" >&2
    return 1
  }
}

# build FOLDER [TARGET...]: as many jobs as there are processors (ninja takes two more, which costs
# memory).
build() {
  local folder=$1
  shift
  ninja -C "$folder" -j "$(nproc)" "$@"
}
