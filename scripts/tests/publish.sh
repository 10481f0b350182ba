#!/usr/bin/env bash
# Tests of `publish`: the folder that it makes, and what it does where the runtime packs cannot be restored.
set -euo pipefail
# shellcheck source=scripts/tests/support/harness.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/support/harness.sh"

release="$work/a release"

the_release_is_self_contained_and_starts_the_program() {
    run 0 publish "$release" && has_text "$STUB_BUILDS" --self-contained && has_text "$STUB_BUILDS" RequireDocsPage=true && expect_released_program "$release/headgate"
}

the_release_starts_through_a_link() {
    run 0 publish "$release" && ln -sf "$release/headgate" "$work/linked" && expect_released_program "$work/linked"
}

expect_released_program() {
    local code=0
    output="$("$1" echo 'two words')" || code=$?
    [[ "$code" -eq 3 ]] || fail "exit code $code instead of 3: $output" || return 1
    expect_text '"rest":["two words"]' && expect_text '"inline":"1"'
}

an_earlier_release_is_replaced() {
    run 0 publish "$release" && touch "$release/program/old.dll" && run 0 publish "$release" || return 1
    [[ ! -e "$release/program/old.dll" ]] || fail 'the old program is still there'
}

a_folder_with_other_files_is_left_alone() {
    mkdir -p "$work/mine" && touch "$work/mine/thesis.txt"
    run 2 publish "$work/mine" && expect_lines 1 && expect_text 'holds other files' || return 1
    [[ -e "$work/mine/thesis.txt" ]] || fail 'the file is gone'
}

without_runtime_packs_the_release_says_what_it_needs() {
    STUB_NO_RUNTIME_PACKS=1 run 0 publish "$release" && expect_text 'needs the ASP.NET Core 10 runtime where it runs' &&
        has_text "$STUB_BUILDS" --no-self-contained
}

run_cases the_release_is_self_contained_and_starts_the_program \
    the_release_starts_through_a_link \
    an_earlier_release_is_replaced \
    a_folder_with_other_files_is_left_alone \
    without_runtime_packs_the_release_says_what_it_needs
