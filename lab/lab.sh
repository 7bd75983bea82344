#!/usr/bin/env bash
# The container lab: lab.sh up | down | status
#
#   up      make the base image if needed, build, start, wait until every device answers, print the addresses
#   down    remove containers and network; images stay
#   status  print addresses and states; exit code 0 when everything answers
#
# Environment: LAB_PASSWORD (password of the lab logins), LAB_WAIT (seconds to wait, default 90).
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
readonly here
readonly PROJECT=auditor-lab
readonly WAIT="${LAB_WAIT:-90}"
readonly ROUTERS=(frr1-sound frr2-comp)

say() { printf 'lab: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# docker-compose 1.29 and the newer plugin both work.
compose() {
    if docker compose version >/dev/null 2>&1; then
        docker compose --project-name "$PROJECT" --file "$here/docker-compose.yml" "$@"
    elif command -v docker-compose >/dev/null; then
        docker-compose --project-name "$PROJECT" --file "$here/docker-compose.yml" "$@"
    else
        die "neither 'docker compose' nor 'docker-compose' is installed"
    fi
}

address() {
    docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$PROJECT-$1" 2>/dev/null || true
}

# True when something listens and, for SSH, greets: the first four bytes say so.
ssh_answers() {
    # shellcheck disable=SC2016  # the inner shell expands its arguments
    [[ "$(timeout 3 bash -c 'exec 3<>"/dev/tcp/$1/22" && head -c 4 <&3' _ "$1" 2>/dev/null)" == "SSH-" ]]
}

config_loaded() {
    docker exec "$PROJECT-$1" vtysh -c 'show running-config' 2>/dev/null | grep '^router bgp' >/dev/null
}

smart_install_listens() {
    # shellcheck disable=SC2016
    timeout 3 bash -c 'exec 3<>"/dev/tcp/$1/4786"' _ "$1" 2>/dev/null
}

# Prints one line per device; returns 1 while one of them does not answer.
report() {
    local name where state rc=0
    for name in "${ROUTERS[@]}"; do
        where="$(address "$name")"
        if [[ -n "$where" ]] && ssh_answers "$where" && config_loaded "$name"; then
            state="ready (ssh, configuration loaded)"
        else
            state="not ready" rc=1
        fi
        printf '%-14s %-15s %s\n' "$name" "${where:--}" "$state"
    done
    where="$(address smart-install)"
    if [[ -n "$where" ]] && smart_install_listens "$where"; then
        state="ready (tcp 4786)"
    else
        state="not ready" rc=1
    fi
    printf '%-14s %-15s %s\n' smart-install "${where:--}" "$state"
    return "$rc"
}

up() {
    "$here/base/build.sh"
    say "building"
    local log
    log="$(mktemp)"
    if ! compose build >"$log" 2>&1; then
        tail -n 30 "$log" >&2
        rm -f "$log"
        die "build failed"
    fi
    rm -f "$log"
    compose up -d
    local deadline=$((SECONDS + WAIT))
    until report >/dev/null; do
        ((SECONDS < deadline)) || { report >&2 || true; die "not ready after $WAIT s"; }
        sleep 1
    done
    report
    say "logins auditor (shell) and vtyaudit (router command line)"
}

docker version --format '{{.Server.Version}}' >/dev/null 2>&1 || die "no Docker engine answers"
case "${1:-}" in
    up) up ;;
    down) compose down --volumes --remove-orphans ;;
    status) report ;;
    *) die "usage: lab.sh up|down|status" ;;
esac
