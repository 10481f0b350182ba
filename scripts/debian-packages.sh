# Makes sure that the tools of scripts/debian-packages.txt are there. Sourced; expects $root.
# shellcheck shell=bash
# shellcheck disable=SC2154 # $root and the names of build.sh come from the launcher

# missing_packages PURPOSE FIELD: package names (FIELD 2) or the tools they provide (FIELD 3) that are not there.
missing_packages() {
    local purpose package provides _
    while read -r purpose package provides _; do
        [[ "$purpose" == "$1" ]] || continue
        is_provided "$provides" && continue
        if [[ "$2" == package ]]; then printf '%s\n' "$package"; else printf '%s\n' "$provides"; fi
    done <"$root/scripts/debian-packages.txt"
}

is_provided() {
    case "$1" in
        /*) compgen -G "$1" >/dev/null ;;
        lib*.so*) library_exists "$1" ;;
        *) has_command "$1" ;;
    esac
}

library_exists() {
    # Whole before it is looked at: whoever writes into a pipe whose reader has seen enough fails, now and then.
    [[ "$(PATH="$PATH:/usr/sbin:/sbin" ldconfig -p 2>/dev/null)" == *"$1 "* ]]
}

can_install_packages() {
    [[ "$(id -u)" -eq 0 ]] && has_command apt-get
}

# ensure_packages PURPOSE: installs what is missing where it may, else prints the command that would.
# Returns 1 when something is still missing.
ensure_packages() {
    local packages
    packages="$(missing_packages "$1" package | tr '\n' ' ')"
    packages="${packages% }"
    [[ -n "$packages" ]] || return 0
    if can_install_packages; then
        say "Installing Debian packages: $packages"
        install_packages "$packages" || say "The installation failed; what it said is in $root/artifacts/apt.log."
    else
        say "Missing tools. Install them with: sudo apt-get install --no-install-recommends $packages"
    fi
    [[ -z "$(missing_packages "$1" package)" ]]
}

# install_packages "NAME NAME…"
install_packages() {
    local names
    read -r -a names <<<"$1"
    mkdir -p "$root/artifacts"
    {
        apt-get update -q &&
            DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${names[@]}"
    } >"$root/artifacts/apt.log" 2>&1 </dev/null
}
