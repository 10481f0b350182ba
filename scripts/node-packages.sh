# Makes sure that the npm packages of tests/node are there: real issuers and clients for the tests. Sourced; expects $root.
# shellcheck shell=bash
# shellcheck disable=SC2154 # $root comes from the launcher

readonly node_folder="$root/tests/node"

# ensure_node_packages: installs exactly what the lock file says, when it changed since the last time.
# Returns 1 when they are not there.
ensure_node_packages() {
    [[ -f "$node_folder/package-lock.json" ]] || return 0
    node_packages_are_current && return 0
    if ! has_command node || ! has_command npm; then
        say "Node is missing. Install Node 20 or newer, with npm."
        return 1
    fi
    say "Installing npm packages: $node_folder"
    install_node_packages && return 0
    say "The installation failed; what it said is in $root/artifacts/npm.log."
    return 1
}

node_packages_are_current() {
    cmp -s "$node_folder/package-lock.json" "$node_folder/node_modules/.installed-lock.json"
}

install_node_packages() {
    mkdir -p "$root/artifacts"
    # No package's own scripts are run.
    (cd -- "$node_folder" && npm ci --ignore-scripts --no-audit --no-fund) >"$root/artifacts/npm.log" 2>&1 </dev/null &&
        cp "$node_folder/package-lock.json" "$node_folder/node_modules/.installed-lock.json"
}
