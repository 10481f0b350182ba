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

projects_beside_the_slowest_are_shown_and_counted() {
    local project result=0
    for project in Commerce.Tests Headgate.Docs.Tests Headgate.Storage.Tests; do
        mkdir "$copy/tests/$project"
        : >"$copy/tests/$project/$project.csproj"
    done
    STUB_TEST='5 3 1 2' run 1 test --filter-class 'A*' || result=1
    rm -r "$copy"/tests/{Commerce,Headgate.Docs,Headgate.Storage}.Tests
    [[ "$result" -eq 0 ]] && expect_last_line '15 passed, 5 failed, 5 skipped' &&
        [[ "$(grep -c '^── ' <<<"$output")" -eq 5 && "$(grep -c 'filter-class A' <<<"$output")" -eq 5 ]]
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

# The copy's tests need packages that stubs of node and npm install or not.
with_npm_packages() {
    local result=0
    mkdir -p "$copy/tests/node"
    echo '{}' >"$copy/tests/node/package-lock.json"
    printf '#!/bin/sh\n[ "$STUB_NPM" = works ] && mkdir -p node_modules\n' >"$work/npm"
    printf '#!/bin/sh\n' >"$work/node"
    chmod +x "$work/npm" "$work/node"
    PATH="$work:$PATH" STUB_TEST='1 1 0 0' "$@" || result=1
    rm -rf "$copy/tests/node" "$work/npm" "$work/node"
    return "$result"
}

npm_packages_are_installed_once() {
    with_npm_packages run_twice_with_npm
}

run_twice_with_npm() {
    STUB_NPM=works run 0 test && expect_text 'Installing npm packages' &&
        STUB_NPM=works run 0 test && [[ "$output" != *'Installing npm'* ]]
}

npm_packages_that_cannot_be_installed_are_said_and_told_to_tests() {
    CI='' STUB_NPM=fails with_npm_packages run 0 test && expect_text 'npm packages of tests/node are skipped' &&
        expect_text 'artifacts/npm.log'
}

npm_packages_that_are_missing_fail_continuous_integration() {
    CI=true STUB_NPM=fails with_npm_packages run 1 test && expect_text 'with CI=true that fails the run: npm-packages'
}

run_cases results_of_all_tests_are_summed \
    a_failed_test_fails_the_run \
    a_crashed_test_program_is_a_failure \
    a_program_that_dies_after_its_report_is_a_failure \
    a_failure_that_no_test_carries_is_counted \
    no_test_at_all_is_a_failure \
    a_filter_reaches_the_test_programs \
    projects_beside_the_slowest_are_shown_and_counted \
    a_missing_tool_is_named_with_the_command_and_told_to_tests \
    a_missing_tool_fails_continuous_integration \
    npm_packages_are_installed_once \
    npm_packages_that_cannot_be_installed_are_said_and_told_to_tests \
    npm_packages_that_are_missing_fail_continuous_integration
