# What a person can type once everything runs. Sourced by up.sh.
# shellcheck shell=bash
print_try_next() {
    cat <<TEXT
Headgate is ready: http://127.0.0.1:$1 (probes, metrics: http://127.0.0.1:$2; logs: $3/logs)
TEXT
}
