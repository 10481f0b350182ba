#!/usr/bin/env bash
# Tests of `up`: what stops it from starting, and that nothing is left running.
set -euo pipefail
# shellcheck source=scripts/tests/support/harness.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/support/harness.sh"

# Below the ports that the kernel gives to clients.
base=$((20000 + RANDOM % 12000))

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

the_services_get_a_key_that_is_theirs_alone() {
    local file="$work/data/commerce/secrets/EVENT_LOG_KEY"
    start_up || return 1
    kill -TERM "$up_pid"
    expect_up_ended 0 && has_text "$file" hgk_0123456789ab_stub &&
        [[ "$(stat -c %a "$file")" == 600 ]] || fail "the key is not there, or others may read it" || return 1
    # The gateway knows it: the next start leaves it alone.
    printf 'hgk_0123456789ab_before' >"$file"
    start_up && kill -TERM "$up_pid" && expect_up_ended 0 && has_text "$file" hgk_0123456789ab_before
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

a_killed_launcher_takes_both_with_it() {
    command -v setpriv >/dev/null || return "$not_here"
    start_up || return 1
    kill -KILL "$up_pid"
    { wait "$up_pid" || true; } 2>/dev/null
    until_true 10 silent "$base" && until_true 10 silent "$((base + 11))" && up_pid=
}

silent() {
    ! answers "$1"
}

run_cases a_port_in_use_is_one_line_and_exit_code_2 \
    an_unwritable_data_directory_is_one_line_and_exit_code_2 \
    an_option_without_its_value_is_refused \
    the_services_get_a_key_that_is_theirs_alone \
    ctrl_c_drains_both_and_exits_0 \
    term_drains_both_and_exits_0 \
    a_gateway_that_dies_stops_the_services_and_shows_its_last_words \
    services_that_die_stop_the_gateway \
    a_killed_launcher_takes_both_with_it
