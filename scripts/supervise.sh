# Watches the two programs of `./headgate up` and stops them. Sourced by up.sh; expects $data.
# shellcheck shell=bash
# shellcheck disable=SC2154 # $data comes from up.sh

# The gateway bounds its own drain at 30 s (--drain-timeout) and what it then writes out, access log and spans, at some seconds more; the
# commerce services end sooner. What still runs after this hangs, and is killed.
readonly drain_seconds=50

gateway_pid=
commerce_pid=
stopping=

supervise() {
    while true; do
        stop_if_asked
        require_both_running
        sleep 0.3 || true
    done
}

stop_if_asked() {
    [[ -z "$stopping" ]] || exit 0
}

require_both_running() {
    if [[ -n "$commerce_pid" ]] && ! kill -0 "$commerce_pid" 2>/dev/null; then
        give_up "The commerce services ended unexpectedly."
    fi
    if [[ -n "$gateway_pid" ]] && ! kill -0 "$gateway_pid" 2>/dev/null; then
        give_up "The gateway ended unexpectedly."
    fi
}

# Says why, shows the last words of both programs, and leaves; the EXIT trap stops what still runs.
give_up() {
    local log
    # A program that ends because the same Ctrl-C reached it did not fail.
    stop_if_asked
    say "headgate: $1"
    for log in "$data/logs/commerce.log" "$data/logs/gateway.log"; do
        [[ -s "$log" ]] || continue
        say "Last lines of $log:"
        tail -n 15 "$log" | sed 's/^/  /' >&2
    done
    exit 1
}

# The gateway first, so that requests under way still find their services.
stop_all() {
    local result=$?
    trap - EXIT
    trap 'kill_all' INT TERM HUP
    [[ -z "$stopping" ]] || say "Draining…"
    stop_one "$gateway_pid"
    stop_one "$commerce_pid"
    [[ -z "$stopping" ]] || say "Stopped."
    exit "$result"
}

stop_one() {
    local pid="$1" deadline=$((SECONDS + drain_seconds))
    [[ -n "$pid" ]] || return 0
    kill -TERM "$pid" 2>/dev/null || return 0
    while kill -0 "$pid" 2>/dev/null; do
        if [[ $SECONDS -ge $deadline ]]; then
            say "headgate: process $pid did not stop within $drain_seconds s and is killed."
            kill -KILL "$pid" 2>/dev/null || true
            return 0
        fi
        sleep 0.1 || true
    done
}

# A second Ctrl-C while draining.
kill_all() {
    say "Killed while draining."
    kill -KILL ${gateway_pid:+"$gateway_pid"} ${commerce_pid:+"$commerce_pid"} 2>/dev/null || true
    exit 1
}
