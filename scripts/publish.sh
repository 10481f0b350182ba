# `./headgate publish`: a release folder. Sourced; expects $root.
# shellcheck shell=bash
# shellcheck disable=SC2154 # $root and the names of build.sh come from the launcher

readonly release_runtime=linux-x64

publish_help() {
    cat <<'HELP'
Usage: ./headgate publish [DIR]

Makes a release folder (default: publish in the source folder) that runs on Linux x64 without the .NET SDK and without
.NET: DIR/headgate starts it. Where the runtime packs cannot be restored, the release needs the ASP.NET Core 10
runtime on the machine that runs it, and this command says so. The documentation page is part of a release: making
one needs npm.
HELP
}

launcher_publish() {
    local folder
    case "${1:-}" in
        --help | -h) publish_help && return ;;
        -*) refuse "publish does not know '$1'. See ./headgate publish --help." ;;
    esac
    [[ $# -le 1 ]] || refuse "publish takes one folder. See ./headgate publish --help."
    require_sdk
    folder="$(release_folder "${1:-$root/publish}")" || exit 2
    mkdir -p "$stamps" || refuse "Cannot write to $root/artifacts. Give this user write access to the source folder."
    with_build_lock publish_program "$folder"
    write_release_launcher "$folder"
    cp "$root/LICENSE" "$folder/"
    check_release "$folder"
    say "Released to $folder: run $folder/headgate"
}

# An existing folder is replaced only if it is an earlier release (or empty): never somebody's own files.
release_folder() {
    mkdir -p "$1" 2>/dev/null || refuse "The folder $1 cannot be made. Choose another: ./headgate publish DIR"
    if [[ -n "$(ls -A "$1")" ]]; then
        [[ -d "$1/program" && -f "$1/headgate" ]] ||
            refuse "The folder $1 holds other files. Empty it, or choose another: ./headgate publish DIR"
        rm -rf "$1/program" "$1/headgate" "$1/LICENSE"
    fi
    (cd -- "$1" && pwd -P)
}

publish_program() {
    local kind=--self-contained
    if ! sdk_quietly restore -p:SelfContained=true --runtime "$release_runtime"; then
        kind=--no-self-contained
        say "The runtime packs for $release_runtime cannot be restored, so this release needs the ASP.NET Core 10 runtime where it runs."
    fi
    say "Publishing for $release_runtime ($kind)…"
    sdk_quietly publish --configuration "$configuration" --runtime "$release_runtime" "$kind" -p:RequireDocsPage=true --output "$1/program" ||
        { show_build_errors "The release could not be built:" && exit 1; }
}

# sdk_quietly VERB OPTION…: on the program's project, its output kept in the build log.
sdk_quietly() {
    local verb="$1"
    shift
    sdk "$verb" "$root/src/Headgate.Server" --verbosity quiet --disable-build-servers "$@" >"$build_log" 2>&1
}

# Plain sh and no other tool: a container image may have nothing else.
write_release_launcher() {
    cat >"$1/headgate" <<'LAUNCHER'
#!/bin/sh
# Starts the released program: what its data plane needs in the environment, then the program in this very process.
folder=$0
while [ -L "$folder" ]; do
    target=$(readlink "$folder")
    case $target in
        /*) folder=$target ;;
        *) folder=${folder%/*}/$target ;;
    esac
done
case $folder in
    */*) folder=${folder%/*} ;;
    *) folder=. ;;
esac
export DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS="${DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS:-1}"
[ "${1:-}" != run ] || export DOTNET_TieredPGO="${DOTNET_TieredPGO:-1}"
export DOTNET_gcConcurrent="${DOTNET_gcConcurrent:-0}"
exec "$folder/program/headgate" "$@"
LAUNCHER
    chmod +x "$1/headgate"
}

# A self-contained release must start where no .NET can be found.
check_release() {
    [[ -f "$1/program/libcoreclr.so" ]] || return 0
    env -i PATH=/nonexistent DOTNET_ROOT=/nonexistent "$1/headgate" --help >/dev/null 2>&1 ||
        { say "headgate: the release in $1 does not start without .NET." && exit 1; }
}
