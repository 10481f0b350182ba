# Builds in Release, quietly, and only when a source is newer than the last build. Sourced; expects $root.
# shellcheck shell=bash
# shellcheck disable=SC2154 # $root and the names of build.sh come from the launcher

readonly configuration=Release
readonly framework=net10.0
readonly stamps="$root/artifacts/stamps"
readonly build_log="$stamps/build.log"
readonly server_program="$root/src/Headgate.Server/bin/$configuration/$framework/headgate"
readonly commerce_program="$root/examples/commerce/bin/$configuration/$framework/commerce"
readonly bench_program="$root/bench/Headgate.Bench/bin/$configuration/$framework/headgate-bench"

build_server() {
    build_if_changed server "$server_program" src/Headgate.Server src
}

build_commerce() {
    build_if_changed commerce "$commerce_program" examples/commerce/Commerce.csproj src examples/commerce
}

build_bench() {
    build_if_changed bench "$bench_program" bench/Headgate.Bench bench src tests/Headgate.TestSupport
}

require_sdk() {
    local advice="Install it from https://dotnet.microsoft.com/download/dotnet/10.0 (or the package dotnet-sdk-10.0) and run this again."
    has_command dotnet || refuse "The .NET 10 SDK is missing. $advice"
    # global.json decides whether one of the installed SDKs will do.
    sdk --version >/dev/null 2>&1 ||
        refuse "The .NET 10 SDK is missing; installed: $(installed_sdks). $advice"
}

installed_sdks() {
    local found
    found="$(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | tr '\n' ' ')"
    printf '%s' "${found:-no SDK}"
}

# build_if_changed NAME OUTPUT PROJECT SOURCE_FOLDER…
build_if_changed() {
    local name="$1" output="$2" project="$3"
    shift 3
    is_current "$name" "$output" "$@" && return 0
    require_sdk
    mkdir -p "$stamps" 2>/dev/null || refuse "Cannot write to $root/artifacts. Give this user write access to the source folder."
    with_build_lock build_and_stamp "$name" "$output" "$project" "$@"
}

# One build at a time: two at once would write the same files. Without flock (not a Linux machine) there is no lock.
with_build_lock() {
    if has_command flock; then
        exec 9>"$stamps/lock"
        flock 9
        "$@"
        exec 9>&-
    else
        "$@"
    fi
}

build_and_stamp() {
    local name="$1" output="$2" project="$3"
    shift 3
    # Another launcher may have built it while this one waited for the lock.
    is_current "$name" "$output" "$@" && return 0
    say "Building $name…"
    # Taken before the build: a source that is saved while the build runs is newer than this stamp.
    list_sources "$@" >"$stamps/$name.new"
    compile "$project" || exit 1
    mv "$stamps/$name.new" "$stamps/$name"
}

# The SDK, from the source folder: global.json is looked up from the current directory. 9 is the build lock, which no
# child may keep.
sdk() {
    (cd "$root" && exec dotnet "$@" </dev/null 9>&-)
}

# One compiler serves all projects of a build: a compiler for each would be compiled itself each time, and that takes longer than its work. It is
# this build's own, by the name of its pipe, and ends with it; servers that builds share would outlive the launcher and hold its output open.
compile() {
    local compiler="headgate-$BASHPID" result=0
    DOTNET_TieredPGO=0 sdk build "$root/$1" --configuration "$configuration" --verbosity quiet --nologo -nodeReuse:false \
        -property:UseSharedCompilation=true -property:SharedCompilationId="$compiler" >"$build_log" 2>&1 || result=1
    # Without pkill it ends by itself when it was idle for some minutes.
    ! has_command pkill || pkill -f -- "-pipename:$compiler\$" || true
    [[ "$result" -ne 0 ]] || { say_what_is_left_out && return 0; }
    show_build_errors "The build of $1 failed:"
    return 1
}

# A build goes on without what it could not get, and has a warning of its own for it.
say_what_is_left_out() {
    grep -o 'warning HGPAGE: [^[]*' "$build_log" | sort -u | sed 's/^warning HGPAGE: //' >&2 || true
}

# Each error stands twice in the log: where it happened and in the summary.
show_build_errors() {
    say "$1"
    grep -E ': error ' "$build_log" | sort -u >&2 || cat "$build_log" >&2
}

# is_current NAME OUTPUT SOURCE_FOLDER…: the stamp holds the list of sources (a removed file is a change too).
is_current() {
    local stamp="$stamps/$1" output="$2"
    shift 2
    [[ -f "$stamp" && -x "$output" ]] || return 1
    [[ -z "$(newer_sources "$stamp" "$@")" ]] || return 1
    list_sources "$@" | cmp -s - "$stamp"
}

list_sources() {
    find_sources "$@" -- -print
}

newer_sources() {
    local stamp="$1"
    shift
    find_sources "$@" -- -newer "$stamp" -print
}

# find_sources FOLDER… -- EXPRESSION…: the files that a build reads, without what builds (lock files too) and benchmarks write.
find_sources() {
    local folders=()
    while [[ "$1" != -- ]]; do
        folders+=("$1")
        shift
    done
    shift
    (cd "$root" && find Directory.*.props global.json "${folders[@]}" \
        \( -name bin -o -name obj -o -name node_modules -o -name results \) -prune -o -type f ! -name packages.lock.json "$@")
}

# export_runtime_environment WORD: what the data plane needs in its environment before it starts; a value that the caller set stays. Profile-guided
# code is for what runs long: other words would pay a third of their time for it.
export_runtime_environment() {
    export DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS="${DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS:-1}"
    [[ "$1" != run ]] || export DOTNET_TieredPGO="${DOTNET_TieredPGO:-1}"
    export DOTNET_gcConcurrent="${DOTNET_gcConcurrent:-0}"
    find_dotnet_root
}

# A program's own executable looks for .NET in the default places only; an SDK elsewhere on PATH must be named.
find_dotnet_root() {
    [[ -z "${DOTNET_ROOT:-}" ]] || return 0
    local folder
    folder="$(dirname -- "$(readlink -f -- "$(command -v dotnet || true)")")"
    if [[ -d "$folder/host/fxr" ]]; then
        export DOTNET_ROOT="$folder"
    fi
}

# Becomes the program: one process, so that signals and exit codes are its own.
run_program() {
    export_runtime_environment "$1"
    exec "$server_program" "$@"
}
