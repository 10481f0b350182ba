#!/usr/bin/env bash
# Tests of what the launcher does with any word: builds what changed, becomes the program.
set -euo pipefail
# shellcheck source=scripts/tests/support/harness.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/support/harness.sh"

other_words_go_to_the_program_with_its_exit_code() {
    cd "$copy/elsewhere"
    run 3 echo 'two words' --format json &&
        expect_text '"rest":["two words","--format","json"]' &&
        expect_text '"inline":"1"'
}

commerce_goes_to_the_example() {
    run 3 commerce echo --data here && expect_text '"rest":["--data","here"]'
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

what_a_build_leaves_out_is_said() {
    touch "$copy/src/Headgate.Server/Newer.cs"
    STUB_BUILD_WITHOUT_PAGE=1 run 3 echo && expect_text $'\nThe documentation page is left out. \n' && [[ "$output" != *HGPAGE* ]]
}

a_missing_sdk_is_one_line_and_exit_code_2() {
    STUB_NO_SDK=1 run 2 up && expect_lines 1 && expect_text '.NET 10 SDK is missing' && expect_text '8.0.100'
}

help_is_everywhere() {
    local word
    # bench has its help in its own program, which needs a real build.
    for word in up test publish; do
        run 0 "$word" --help && expect_text "Usage: ./headgate $word" || return 1
    done
}

run_cases other_words_go_to_the_program_with_its_exit_code commerce_goes_to_the_example \
    the_launcher_becomes_the_program \
    a_second_run_builds_nothing \
    a_changed_source_is_built_once \
    a_removed_source_is_a_change \
    a_failed_build_shows_its_errors_and_is_tried_again \
    what_a_build_leaves_out_is_said \
    a_missing_sdk_is_one_line_and_exit_code_2 \
    help_is_everywhere
