#!/usr/bin/env bash
# Tests of the launcher itself, on a copy of it in a folder with spaces, with stubs for the SDK and the programs.
# One line per case: "ok NAME" or "not ok NAME" with the reason.
set -euo pipefail

source_root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)"
work="$(mktemp -d)"
copy="$work/a folder with spaces"
readonly source_root work copy
export STUB_BUILDS="$work/builds" STUB_PROGRAM="$source_root/scripts/tests/stub/program"
export PATH="$source_root/scripts/tests/stub:$PATH"
base=$((20000 + RANDOM % 20000))
failures=0
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
    : | tee "$copy/Directory.Build.props" "$copy/Directory.Packages.props" "$copy/global.json" \
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
    grep -q -F "$2" "$1"
}

has_ended() {
    ! kill -0 "$1"
}

start_up() {
    rm -f "$work/up.txt"
    # Its own process group with default signals, as a terminal gives it.
    set -m
    "$copy/headgate" up --data "$work/data" --port "$base" --commerce-port-base "$((base + 10))" \
        >"$work/up.txt" 2>&1 </dev/null &
    up_pid=$!
    set +m
    until_true 20 has_text "$work/up.txt" 'Headgate is ready'
}

# expect_up_ended EXPECTED_EXIT_CODE: and nothing of it is left, no process of its group and no port.
expect_up_ended() {
    local code=0 group="$up_pid"
    until_true 30 has_ended "$up_pid" || return 1
    wait "$up_pid" || code=$?
    up_pid=
    [[ "$code" -eq "$1" ]] || fail "exit code $code instead of $1: $(cat "$work/up.txt")" || return 1
    ! kill -0 -- "-$group" 2>/dev/null || fail "processes are left in its group" || return 1
    ! answers "$base" || fail "port $base still answers" || return 1
    ! answers "$((base + 11))" || fail "port $((base + 11)) still answers"
}

other_words_go_to_the_program_with_its_exit_code() {
    cd "$copy/elsewhere"
    run 3 echo 'two words' --format json &&
        expect_text '"rest":["two words","--format","json"]' &&
        expect_text '"inline":"1"'
}

the_launcher_becomes_the_program() {
    local pid
    "$copy/headgate" echo >"$work/echo.txt" &
    pid=$!
    wait "$pid" || true
    has_text "$work/echo.txt" "\"pid\":$pid" || fail "pid $pid is not in $(cat "$work/echo.txt")"
}

a_second_run_builds_nothing() {
    run 3 echo && : >"$STUB_BUILDS" && run 3 echo && expect_builds 0
}

a_changed_source_is_built_once() {
    run 3 echo && : >"$STUB_BUILDS"
    touch "$copy/src/Headgate.Server/Program.cs"
    run 3 echo && expect_builds 1 && run 3 echo && expect_builds 1
}

a_removed_source_is_a_change() {
    run 3 echo && : >"$STUB_BUILDS"
    rm "$copy/src/Headgate.Server/Other.cs"
    run 3 echo && expect_builds 1
}

a_failed_build_shows_its_errors_and_is_tried_again() {
    touch "$copy/src/Headgate.Server/New.cs"
    STUB_BUILD_FAILS=1 run 1 echo && expect_text 'error CS0103' &&
        run 3 echo
}

a_missing_sdk_is_one_line_and_exit_code_2() {
    STUB_NO_SDK=1 run 2 up && expect_lines 1 && expect_text '.NET 10 SDK is missing' && expect_text '8.0.100'
}

a_port_in_use_is_one_line_and_exit_code_2() {
    local holder result=0
    node -e "require('net').createServer().listen($base, '127.0.0.1')" &
    holder=$!
    until_true 10 answers "$base"
    { run 2 up --port "$base" --data "$work/data" && expect_lines 1 && expect_text "Port $base is in use"; } || result=1
    kill "$holder"
    wait "$holder" || true
    return "$result"
}

an_unwritable_data_directory_is_one_line_and_exit_code_2() {
    : >"$work/file"
    run 2 up --data "$work/file" --port "$base" --commerce-port-base "$((base + 10))" &&
        expect_lines 1 && expect_text "data directory $work/file"
}

an_option_without_its_value_is_refused() {
    run 2 up --data && expect_text '--data needs a value' &&
        run 2 up --port many && expect_text 'needs a port' &&
        run 2 up --nonsense && expect_text "does not know '--nonsense'"
}

ctrl_c_drains_both_and_exits_0() {
    start_up || return 1
    kill -INT -- "-$up_pid"
    expect_up_ended 0 &&
        has_text "$work/data/logs/gateway.log" drained && has_text "$work/data/logs/commerce.log" drained
}

term_drains_both_and_exits_0() {
    start_up && kill -TERM "$up_pid" && expect_up_ended 0 &&
        has_text "$work/data/logs/gateway.log" drained && has_text "$work/data/logs/commerce.log" drained
}

a_gateway_that_dies_stops_the_services_and_shows_its_last_words() {
    start_up || return 1
    curl -s "http://127.0.0.1:$base/die" || true
    expect_up_ended 1 && has_text "$work/up.txt" 'The gateway ended unexpectedly' &&
        has_text "$work/up.txt" 'the last words of the stub'
}

services_that_die_stop_the_gateway() {
    start_up || return 1
    curl -s "http://127.0.0.1:$((base + 11))/die" || true
    expect_up_ended 1 && has_text "$work/up.txt" 'The commerce services ended unexpectedly'
}

expect_last_line() {
    [[ "$(tail -n 1 <<<"$output")" == "$1" ]] || fail "the last line is not '$1': $output"
}

results_of_all_tests_are_summed() {
    STUB_TEST='5 4 1 0' run 0 test && expect_last_line '9 passed, 0 failed, 2 skipped'
}

a_failed_test_fails_the_run() {
    STUB_TEST='5 3 1 2' run 1 test && expect_last_line '7 passed, 2 failed, 2 skipped'
}

a_crashed_test_program_is_a_failure() {
    STUB_TEST=crash run 1 test && expect_last_line '1 passed, 2 failed, 0 skipped' && expect_text 'did not finish (exit code 134)'
}

a_program_that_dies_after_its_report_is_a_failure() {
    STUB_TEST='5 5 0 139' run 1 test && expect_last_line '11 passed, 2 failed, 0 skipped'
}

a_failure_that_no_test_carries_is_counted() {
    STUB_TEST='5 5 0 2' run 1 test && expect_last_line '11 passed, 2 failed, 0 skipped'
}

no_test_at_all_is_a_failure() {
    STUB_TEST='0 0 0 8' run 1 test --filter-class Nothing && expect_text 'No test ran' &&
        expect_last_line '0 passed, 0 failed, 0 skipped'
}

a_filter_reaches_the_test_programs() {
    STUB_TEST='1 1 0 0' run 0 test --filter-class 'A*' && expect_text '--filter-class A*' &&
        expect_last_line '2 passed, 0 failed, 0 skipped'
}

# Runs "$@" with a tool on the list that no machine has, as a user who may not install it.
with_a_missing_tool() {
    local list="$copy/scripts/debian-packages.txt" result=0
    cp "$list" "$work/packages"
    echo 'test no-such-package no-such-tool a test of the launcher' >>"$list"
    printf '#!/bin/sh\necho 1000\n' >"$work/id"
    chmod +x "$work/id"
    PATH="$work:$PATH" STUB_TEST='1 1 0 0' "$@" || result=1
    cp "$work/packages" "$list"
    return "$result"
}

a_missing_tool_is_named_with_the_command_and_told_to_tests() {
    CI='' with_a_missing_tool run 0 test && expect_text 'apt-get install --no-install-recommends no-such-package' &&
        expect_text 'missing: no-such-tool'
}

a_missing_tool_fails_continuous_integration() {
    CI=true with_a_missing_tool run 1 test && expect_text 'with CI=true that fails the run: no-such-tool' &&
        expect_last_line '3 passed, 0 failed, 0 skipped'
}

help_is_everywhere() {
    local word
    # bench has its help in its own program, which needs a real build.
    for word in up test publish; do
        run 0 "$word" --help && expect_text "Usage: ./headgate $word" || return 1
    done
}

run_case() {
    if "$1"; then
        printf 'ok %s\n' "$1"
    else
        printf 'not ok %s\n' "$1"
        failures=$((failures + 1))
    fi
}

make_copy
for name in other_words_go_to_the_program_with_its_exit_code the_launcher_becomes_the_program a_second_run_builds_nothing \
    a_changed_source_is_built_once a_removed_source_is_a_change a_failed_build_shows_its_errors_and_is_tried_again \
    a_missing_sdk_is_one_line_and_exit_code_2 a_port_in_use_is_one_line_and_exit_code_2 \
    an_unwritable_data_directory_is_one_line_and_exit_code_2 an_option_without_its_value_is_refused \
    ctrl_c_drains_both_and_exits_0 term_drains_both_and_exits_0 \
    a_gateway_that_dies_stops_the_services_and_shows_its_last_words services_that_die_stop_the_gateway \
    results_of_all_tests_are_summed a_failed_test_fails_the_run a_crashed_test_program_is_a_failure \
    a_program_that_dies_after_its_report_is_a_failure a_failure_that_no_test_carries_is_counted \
    no_test_at_all_is_a_failure a_filter_reaches_the_test_programs \
    a_missing_tool_is_named_with_the_command_and_told_to_tests a_missing_tool_fails_continuous_integration \
    help_is_everywhere; do
    run_case "$name"
done
[[ "$failures" -eq 0 ]]
