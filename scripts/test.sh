# `./headgate test`: builds the solution and runs every test of it. Sourced; expects $root.
# shellcheck shell=bash
# shellcheck disable=SC2154 # $root and the names of build.sh come from the launcher
# shellcheck source=scripts/debian-packages.sh
source "$root/scripts/debian-packages.sh"
# shellcheck source=scripts/node-packages.sh
source "$root/scripts/node-packages.sh"

readonly reports="$root/artifacts/tests"

passed=0
failed=0
skipped=0
missing=

test_help() {
    cat <<'HELP'
Usage: ./headgate test [--crash] [FILTER…]

Builds everything and runs every test; the last line is "N passed, N failed, N skipped". Tools that tests need beyond
the .NET SDK and Node are installed from Debian packages where that is allowed (root, apt), and from npm into
tests/node/node_modules; elsewhere the tests that need them are skipped and say so. With CI=true a missing tool fails the run.

  --crash                  kill each service at each point of a checkout, and programs at random 200 times more (HEADGATE_CRASH_RUNS,
                           HEADGATE_CRASH_SEED): a quarter of an hour more; with --filter-class '*CrashTests' nothing else
  --filter-class NAME      only tests of this class ('*' stands for anything at either end)
  --filter-method NAME     only this test
  --filter-trait KEY=VALUE, --filter-not-trait KEY=VALUE
  (every other argument goes to the test programs too)

Exit codes: 0 all passed, 1 a test failed, a test program crashed or no test ran, 2 the tests could not start.
HELP
}

launcher_test() {
    case "${1:-}" in
        --help | -h) test_help && return ;;
        --crash) shift; export HEADGATE_CRASH_RUNS="${HEADGATE_CRASH_RUNS:-200}" ;;
    esac
    require_sdk
    # Tools of another kind get a function of their own here, which adds to $missing.
    prepare_debian_packages
    prepare_node_packages
    build_solution
    rm -rf "$reports"
    mkdir -p "$reports"
    run_test_projects "$@"
    # A filter names .NET tests; the launcher's own tests have nothing to filter.
    [[ $# -gt 0 ]] || run_launcher_tests
    conclude
}

# Tests ask HEADGATE_MISSING (a comma list of tools) and skip themselves, with the reason, when theirs is in it.
prepare_debian_packages() {
    ensure_packages test && return 0
    missing="$(missing_packages test provides | paste -s -d, -)"
    export HEADGATE_MISSING="$missing"
    say "Tests that need one of these are skipped: $missing"
}

prepare_node_packages() {
    ensure_node_packages && return 0
    missing="${missing:+$missing,}npm-packages"
    export HEADGATE_MISSING="$missing"
    say "Tests that need the npm packages of tests/node are skipped."
}

build_solution() {
    mkdir -p "$stamps" || refuse "Cannot write to $root/artifacts. Give this user write access to the source folder."
    say "Building…"
    with_build_lock compile Headgate.slnx || exit 2
}

# What measures something has the processors for itself. What mostly waits for programs of its own comes last, and runs beside the slowest of it.
readonly slowest=Commerce.Tests
readonly beside='Headgate.Docs.Tests Headgate.Storage.Tests'

run_test_projects() {
    local project name last=() others=()
    for project in "$root"/tests/*/*.Tests.csproj "$root"/bench/*/*.Tests.csproj; do
        [[ -f "$project" ]] || continue
        name="$(basename "$project" .csproj)"
        case " $slowest $beside " in
            " $name "*) last=("$project") ;;
            *" $name "*) others+=("$project") ;;
            *) run_shown "$project" "$@" ;;
        esac
    done
    for project in "${others[@]}"; do
        test_project "$project" "$@" &>"$reports/$(basename "$project" .csproj).txt"
    done &
    for project in "${last[@]}"; do
        run_shown "$project" "$@"
    done
    wait "$!"
    for project in "${others[@]}"; do
        show "$project" cat "$reports/$(basename "$project" .csproj).txt"
    done
}

run_shown() {
    show "$1" test_project "$@"
}

# show PROJECT COMMAND…: what shows a project's results, and the results counted.
show() {
    local name
    name="$(basename "$1" .csproj)"
    shift
    say "── $name"
    "$@"
    count_report "$name"
}

# One process per project, its counts read from the report that it writes: a process that dies writes none, and fails.
test_project() {
    local project="$1" name exit_code=0
    shift
    name="$(basename "$project" .csproj)"
    sdk test --project "$project" --configuration "$configuration" --no-build --no-progress \
        --results-directory "$reports" --report-ctrf --report-ctrf-filename "$name.json" "$@" || exit_code=$?
    printf '%s' "$exit_code" >"$reports/$name.exit"
}

# Exit codes of Microsoft.Testing.Platform: 0 passed, 2 failures, 8 zero tests (a filter may leave none in one project).
count_report() {
    local name="$1" exit_code summary failures
    exit_code="$(<"$reports/$name.exit")"
    summary="$(report_summary "$reports/$name.json")"
    if [[ -z "$summary" || ! "$exit_code" =~ ^(0|2|8)$ ]]; then
        say "$name did not finish (exit code $exit_code); it counts as one failure."
        failed=$((failed + 1))
    fi
    [[ -n "$summary" ]] || return 0
    failures=$(($(summary_field tests) - $(summary_field passed) - $(summary_field skipped)))
    if [[ "$exit_code" -eq 2 && "$failures" -eq 0 ]]; then
        # A class or assembly fixture failed: no single test says so.
        failures=1
    fi
    passed=$((passed + $(summary_field passed)))
    skipped=$((skipped + $(summary_field skipped)))
    failed=$((failed + failures))
}

report_summary() {
    [[ -f "$1" ]] || return 0
    grep -o '"summary":{"tests":[^}]*}' "$1" | head -n 1
}

# summary_field NAME, of $summary.
summary_field() {
    local value="${summary#*\""$1"\":}"
    printf '%s' "${value%%[,\}]*}"
}

# The launcher's tests print one "ok NAME", "skip NAME" or "not ok NAME" per case.
run_launcher_tests() {
    local script report exit_code
    for script in "$root"/scripts/tests/*.sh; do
        [[ -f "$script" ]] || continue
        say "── ${script#"$root/"}"
        report="$reports/$(basename "$script").txt"
        exit_code=0
        bash "$script" </dev/null | tee "$report" || exit_code=$?
        passed=$((passed + $(grep -c '^ok ' "$report" || true)))
        failed=$((failed + $(grep -c '^not ok ' "$report" || true)))
        skipped=$((skipped + $(grep -c '^skip ' "$report" || true)))
        [[ "$exit_code" -eq 0 ]] || grep -q '^not ok ' "$report" || failed=$((failed + 1))
    done
}

conclude() {
    local result=0
    if [[ -n "$missing" && "${CI:-}" == true ]]; then
        say "These tools are missing, and with CI=true that fails the run: $missing"
        result=1
    fi
    [[ $((passed + failed)) -gt 0 ]] || { say "No test ran." && result=1; }
    [[ "$failed" -eq 0 ]] || result=1
    printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
    exit "$result"
}
