# `./headgate up`: the gateway in front of the six commerce services, supervised until Ctrl-C. Sourced; expects $root.
# shellcheck shell=bash
# shellcheck disable=SC2154 # $root and the names of build.sh come from the launcher
# shellcheck source=scripts/try-next.sh
source "$root/scripts/try-next.sh"
# shellcheck source=scripts/supervise.sh
source "$root/scripts/supervise.sh"

readonly gateway_document="$root/examples/commerce/gateway.openapi.yaml"
readonly ready_seconds=60   # a cold first start on a slow machine, with a wide margin

# Ports of the example services, as offsets from --commerce-port-base.
readonly -a commerce_services=(product-service=1 user-service=2 inventory-service=3 order-service=4 payment-service=5
    notification-service=6)
readonly -a commerce_simulators=(payment-provider=11 email-provider=12 sms-provider=13)

port=8080
admin_port=
commerce_base=9000
data="$root/.headgate"
gateway_arguments=()

up_help() {
    cat <<'HELP'
Usage: ./headgate up [OPTION…] [-- GATEWAY-ARGUMENT…]

Builds what changed, starts the commerce example (six services and the simulators of their providers) and the gateway
in front of them, and prints what to try. Ctrl-C drains and stops everything: requests under way have 30 s to finish. What still
runs after 50 s is killed, and everything is at a second Ctrl-C.

  --data DIR                where state and logs are kept (default: .headgate in the source folder)
  --port N                  the gateway listens here (default: 8080)
  --admin-port N            probes, metrics and the admin API (default: one above --port)
  --commerce-port-base N    the services listen on N+1…N+13 (default: 9000)
  -- ARGUMENT…              handed to the gateway, for example: -- --overlay my.overlay.yaml

Exit codes: 0 stopped by Ctrl-C or TERM, 1 a program failed, 2 the machine or the arguments do not allow to start.
HELP
}

launcher_up() {
    up_arguments "$@"
    require_sdk
    require_example
    require_free_ports
    require_writable_data
    build_commerce
    build_server
    find_dotnet_root
    trap 'stopping=1' INT TERM HUP
    trap stop_all EXIT
    start_commerce
    start_gateway
    give_services_their_key
    print_try_next "$port" "$admin_port" "$data"
    supervise
}

up_arguments() {
    while [[ $# -gt 0 ]]; do
        case "$1" in
            --data) data="$(option_value --data "$@")" || exit 2; shift ;;
            --port) port="$(port_value --port "$@")" || exit 2; shift ;;
            --admin-port) admin_port="$(port_value --admin-port "$@")" || exit 2; shift ;;
            --commerce-port-base) commerce_base="$(port_value --commerce-port-base "$@")" || exit 2; shift ;;
            --help | -h) up_help; exit 0 ;;
            --) shift; gateway_arguments=("$@"); return ;;
            *) refuse "up does not know '$1'. See ./headgate up --help." ;;
        esac
        shift
    done
}

port_value() {
    local value
    value="$(option_value "$@")" || exit 2
    [[ "$value" =~ ^[0-9]+$ && "$value" -ge 1 && "$value" -le 65535 ]] || refuse "$1 needs a port between 1 and 65535, not '$value'."
    printf '%s' "$value"
}

require_example() {
    admin_port="${admin_port:-$((port + 1))}"
    [[ -f "$gateway_document" ]] ||
        refuse "examples/commerce is missing from $root. Get the whole source folder and run this again."
}

require_free_ports() {
    local entry
    require_free_port "$port" --port
    require_free_port "$admin_port" --admin-port
    for entry in "${commerce_services[@]}" "${commerce_simulators[@]}"; do
        require_free_port "$((commerce_base + ${entry#*=}))" --commerce-port-base
    done
}

require_free_port() {
    ! port_answers "$1" ||
        refuse "Port $1 is in use. Stop the program that holds it (ss -ltnp 'sport = :$1' names it), or choose another with $2 N."
}

port_answers() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

require_writable_data() {
    local advice="Give this user write access, or choose another folder with --data DIR."
    mkdir -p "$data/logs" "$data/commerce" 2>/dev/null || refuse "The data directory $data cannot be made. $advice"
    data="$(cd -- "$data" && pwd -P)"
    # Written to, not asked about: root may pass every permission test and still stand on a read-only file system.
    (: >"$data/logs/.writable") 2>/dev/null || refuse "The data directory $data cannot be written to. $advice"
    rm -f "$data/logs/.writable"
}

start_commerce() {
    local entry
    say "Starting the commerce services…"
    (become "$commerce_program" --service all --data "$data/commerce" --port-base "$commerce_base" --issuer "$(issuer)" \
        --events "http://127.0.0.1:$port/events") \
        </dev/null >"$data/logs/commerce.log" 2>&1 &
    commerce_pid=$!
    for entry in "${commerce_services[@]}"; do
        await_ready "${entry%=*}" "$((commerce_base + ${entry#*=}))" /health
    done
}

# Browsers and applications reach the users' OpenID provider through the gateway: its address is the issuer's.
issuer() {
    printf 'http://127.0.0.1:%s/identity' "$port"
}

# The document names the issuer at the default port; this instance may run at another.
write_issuer_overlay() {
    cat >"$data/issuer.overlay.yaml" <<YAML
overlay: 1.0.0
extends: "$gateway_document"
info: { title: Where the OpenID provider is found here, version: 1.0.0 }
actions:
  - target: \$.components.securitySchemes.bearerAuth['x-gateway-jwt']
    update: { issuer: "$(issuer)" }
YAML
}

start_gateway() {
    local entry services=()
    stop_if_asked
    write_issuer_overlay
    say "Starting the gateway…"
    for entry in "${commerce_services[@]}"; do
        services+=(--service "${entry%=*}=http://127.0.0.1:$((commerce_base + ${entry#*=}))")
    done
    # In a subshell that becomes the program: the environment is the gateway's alone.
    (export_runtime_environment run && export_service_key && become "$server_program" run "$gateway_document" --overlay "$data/issuer.overlay.yaml" \
        --data "$data" --listen "http://127.0.0.1:$port" --admin "http://127.0.0.1:$admin_port" --events --validate-responses "${services[@]}" \
        ${gateway_arguments[@]+"${gateway_arguments[@]}"}) </dev/null >"$data/logs/gateway.log" 2>&1 &
    gateway_pid=$!
    await_ready gateway "$admin_port" /readyz
}

# The secret of the document: with it the gateway speaks for customers in the steps of sagas.
export_service_key() {
    local file="$data/commerce/secrets/COMMERCE_SERVICE_KEY"
    [[ ! -r "$file" ]] || export HEADGATE_SECRET_COMMERCE_SERVICE_KEY="${HEADGATE_SECRET_COMMERCE_SERVICE_KEY:-$(<"$file")}"
}

# The services publish events to the gateway's log and read them there, with a key that the gateway makes. They look for it among their
# secrets until it is there.
give_services_their_key() {
    local file="$data/commerce/secrets/EVENT_LOG_KEY" key
    ! gateway_knows_key_of "$file" || return 0
    key="$(gateway_keys create --name 'commerce services' --scope events:write --scope events:read)" ||
        give_up "The gateway made no key for the commerce services."
    mkdir -p "${file%/*}"
    (umask 077 && printf '%s' "$key" >"$file.new")
    mv "$file.new" "$file"
}

# The id stands between the first two underscores of a key. A gateway with another store has never heard of it.
gateway_knows_key_of() {
    [[ -s "$1" && "$(gateway_keys list --format json)" == *"\"$(cut -d_ -f2 "$1")\""* ]]
}

gateway_keys() {
    "$server_program" keys "$@" --data "$data" --admin "http://127.0.0.1:$admin_port" 2>/dev/null
}

# Becomes the program, which ends with the launcher even when that is killed, where the system can arrange it.
become() {
    if has_command setpriv; then
        exec setpriv --pdeathsig TERM -- "$@"
    fi
    exec "$@"
}

# await_ready NAME PORT PATH: until it answers 200, a program ends, somebody asks to stop, or the bound is reached.
await_ready() {
    local deadline=$((SECONDS + ready_seconds))
    until probe_is_ok "$2" "$3"; do
        stop_if_asked
        require_both_running
        [[ $SECONDS -lt $deadline ]] || give_up "$1 did not become ready on port $2 within $ready_seconds s."
        sleep 0.1 || true
    done
}

# One request over bash's own sockets: curl need not be there.
probe_is_ok() {
    local status
    status="$( (
        exec 3<>"/dev/tcp/127.0.0.1/$1"
        printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$2" "$1" >&3
        read -r -t 5 line <&3 && printf '%s' "$line"
    ) 2>/dev/null)" || true
    [[ "$status" == "HTTP/1.1 200"* ]]
}
