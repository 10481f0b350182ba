# Shared by every word of the launcher. Sourced; expects $root.
# shellcheck shell=bash

# Says on stderr what goes on, so that a program's output on stdout stays its own.
say() {
    printf '%s\n' "$*" >&2
}

# Ends the launcher because the machine or the arguments do not allow to go on: one line that says what to do.
refuse() {
    printf 'headgate: %s\n' "$*" >&2
    exit 2
}

# The value of an option that needs one: option_value --data "$@" where $2 is the value.
option_value() {
    [[ $# -ge 3 && -n "$3" ]] || refuse "$1 needs a value. See --help."
    printf '%s' "$3"
}

has_command() {
    # Debian keeps daemons in sbin, which is not on every user's PATH.
    PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" command -v "$1" >/dev/null 2>&1
}
