# `./headgate bench`: the side-by-side benchmark. Sourced; expects $root.
# shellcheck shell=bash
# shellcheck disable=SC2154 # $root and the names of build.sh come from the launcher
# shellcheck source=scripts/debian-packages.sh
source "$root/scripts/debian-packages.sh"

launcher_bench() {
    case "${1:-}" in --help | -h) bench_help && return ;; esac
    ensure_packages bench || refuse "The benchmark needs $(missing_packages bench provides | paste -s -d, -)."
    build_server
    build_bench
    find_dotnet_root
    # Ten thousand connections from the generator, and as many at each proxy.
    ulimit -n "$(ulimit -H -n)" 2>/dev/null || true
    exec "$bench_program" --program "$server_program" --results "$root/bench/results" "$@"
}

bench_help() {
    cat <<'HELP'
Usage: ./headgate bench [OPTION…]

Measures Headgate side by side with HAProxy and nginx, all in the same run, and writes bench/results/NAME.md and .json.

  --list              the scenarios
  --scenario NAME     only this one; may be given several times, '*' stands for anything at either end
  --subjects A,B      only these of: direct, haproxy, nginx, headgate (default: all)
  --duration SECONDS  of each measurement (default: 5)
  --rounds N          measurements of each subject, in turn; the median counts (default: 3)
  --quick             1 s and one round: whether it works, not how fast
  --name NAME         of the result files (default: side-by-side; partial for a choice or --quick)

Ctrl-C stops everything that was started.
HELP
}
