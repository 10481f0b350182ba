# `./headgate bench`: the side-by-side benchmark. Sourced; expects $root.
# shellcheck shell=bash
# shellcheck disable=SC2154 # $root and the names of build.sh come from the launcher
# shellcheck source=scripts/debian-packages.sh
source "$root/scripts/debian-packages.sh"

launcher_bench() {
    # Help and the list need no tools, and no gateway to measure.
    case " $* " in
        *" --help "* | *" -h "* | *" --list "*) ;;
        *) prepare_measurement ;;
    esac
    build_bench
    find_dotnet_root
    exec "$bench_program" --program "$server_program" --commerce "$commerce_program" --commerce-document "$root/examples/commerce/gateway.openapi.yaml" --results "$root/bench/results" "$@"
}

prepare_measurement() {
    ensure_packages bench || refuse "The benchmark needs $(missing_packages bench provides | paste -s -d, -)."
    build_server
    build_commerce
    # Ten thousand connections from the generator, and as many at each proxy.
    ulimit -n "$(ulimit -H -n)" 2>/dev/null || true
}
