# For the tests of the launcher: a copy of it in a folder with spaces, stubs for the SDK and the programs, and one line
# per case: "ok NAME", "skip NAME", or "not ok NAME" with the reason. Sourced.
# shellcheck shell=bash
set -euo pipefail

source_root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../../.." && pwd -P)"
work="$(mktemp -d)"
copy="$work/a folder with spaces"
readonly source_root work copy
export STUB_BUILDS="$work/builds" STUB_PROGRAM="$source_root/scripts/tests/support/stub/program"
export PATH="$source_root/scripts/tests/support/stub:$PATH"
failures=0
# What a case returns when this machine cannot show it.
readonly not_here=77
up_pid=

finish() {
    [[ -z "$up_pid" ]] || kill -KILL -- "-$up_pid" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

make_copy() {
    mkdir -p "$copy/src/Headgate.Server" "$copy/examples/commerce" "$copy/elsewhere"
    cp -R "$source_root/headgate" "$source_root/scripts" "$copy/"
    # The copy has two test projects and one script of its own, not this one again.
    rm -r "$copy/scripts/tests"
    mkdir -p "$copy/scripts/tests" "$copy/tests/A.Tests" "$copy/tests/B.Tests"
    echo 'echo "ok a script"' >"$copy/scripts/tests/one.sh"
    : | tee "$copy/tests/A.Tests/A.Tests.csproj" "$copy/tests/B.Tests/B.Tests.csproj"
    : | tee "$copy/Directory.Build.props" "$copy/Directory.Packages.props" "$copy/global.json" "$copy/LICENSE" \
        "$copy/src/Headgate.Server/Program.cs" "$copy/src/Headgate.Server/Other.cs" \
        "$copy/examples/commerce/Commerce.csproj" "$copy/examples/commerce/gateway.openapi.yaml" >"$STUB_BUILDS"
}

# run EXPECTED_EXIT_CODE ARGUMENT…: output in $output.
run() {
    local expected="$1" code=0
    shift
    output="$("$copy/headgate" "$@" 2>&1 </dev/null)" || code=$?
    [[ "$code" -eq "$expected" ]] || fail "exit code $code instead of $expected: $output"
}

fail() {
    printf '  %s\n' "$1"
    return 1
}

expect_text() {
    [[ "$output" == *"$1"* ]] || fail "'$1' is not in: $output"
}

expect_lines() {
    [[ "$(grep -c '' <<<"$output")" -eq "$1" ]] || fail "not $1 line(s): $output"
}

expect_builds() {
    local count
    count="$(wc -l <"$STUB_BUILDS")"
    [[ "$count" -eq "$1" ]] || fail "$count builds instead of $1"
}

# until_true SECONDS COMMAND…: waits for a condition, with a bound.
until_true() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@" 2>/dev/null; do
        [[ $SECONDS -lt $deadline ]] || fail "never came true: $*" || return 1
        sleep 0.1
    done
}

answers() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

has_text() {
    grep -q -F -e "$2" "$1"
}

expect_last_line() {
    [[ "$(tail -n 1 <<<"$output")" == "$1" ]] || fail "the last line is not '$1': $output"
}

run_case() {
    local code=0
    "$1" || code=$?
    case "$code" in
        0) printf 'ok %s\n' "$1" ;;
        "$not_here") printf 'skip %s\n' "$1" ;;
        *)
            printf 'not ok %s\n' "$1"
            failures=$((failures + 1))
            ;;
    esac
}

# run_cases NAME…: in this order; ends with 1 if one failed.
run_cases() {
    local name
    make_copy
    for name in "$@"; do
        run_case "$name"
    done
    [[ "$failures" -eq 0 ]]
}
