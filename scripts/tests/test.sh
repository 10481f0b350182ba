#!/usr/bin/env bash
# Tests of `test`: that its last line tells the truth.
set -euo pipefail
# shellcheck source=scripts/tests/support/harness.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/support/harness.sh"

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

run_cases results_of_all_tests_are_summed \
    a_failed_test_fails_the_run \
    a_crashed_test_program_is_a_failure \
    a_program_that_dies_after_its_report_is_a_failure \
    a_failure_that_no_test_carries_is_counted \
    no_test_at_all_is_a_failure \
    a_filter_reaches_the_test_programs \
    a_missing_tool_is_named_with_the_command_and_told_to_tests \
    a_missing_tool_fails_continuous_integration
