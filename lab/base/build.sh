#!/usr/bin/env bash
# Make the image every lab container is built on: Debian 12 ("bookworm"), minimal.
#
# 1. The image is there already: nothing to do.
# 2. The official image can be pulled quickly: give it our name.
# 3. Otherwise: debootstrap from the package source that this machine itself is configured for (needs root),
#    then `docker import`. The package source is carried into the image, so that later builds can use apt.
#
# Environment: LAB_BASE_IMAGE (name), LAB_PULL_TIMEOUT (seconds), LAB_NO_PULL=1 (skip step 2).
set -euo pipefail

readonly IMAGE="${LAB_BASE_IMAGE:-auditor-lab-base:bookworm}"
readonly SUITE=bookworm
readonly OFFICIAL="debian:${SUITE}-slim"
readonly PULL_TIMEOUT="${LAB_PULL_TIMEOUT:-30}"

say() { printf 'lab base: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# Debian sources of this machine for our suite, one "URI SUITE COMPONENT KEYRING" per line ("-" = no keyring named).
# Reads apt's own view first; without package lists (a fresh machine) it updates them once.
machine_sources() {
    # shellcheck disable=SC2016  # apt expands these, not the shell
    local format='$(REPO_URI) $(RELEASE) $(COMPONENT) $(SIGNED_BY)'
    apt-get indextargets --format "$format" 'Created-By: Packages' 2>/dev/null |
        awk -v suite="$SUITE" '
            $1 ~ /^(https?|file|copy):/ && $3 == "main" &&
            ($2 == suite || $2 == suite "-updates" || $2 == suite "-security") {
                keyring = ($4 ~ /^\//) ? $4 : "-"
                if (!seen[$1 " " $2]++) print $1, $2, $3, keyring
            }'
}

# The value of one apt option of this machine, empty when it is not set.
apt_option() {
    local LAB_VALUE=""
    eval "$(apt-config shell LAB_VALUE "$1")"
    printf '%s' "$LAB_VALUE"
}

if docker image inspect "$IMAGE" >/dev/null 2>&1; then
    say "$IMAGE is there, nothing to do"
    exit 0
fi
docker version --format '{{.Server.Version}}' >/dev/null 2>&1 || die "no Docker engine answers"

if [[ "${LAB_NO_PULL:-0}" != 1 ]]; then
    if docker image inspect "$OFFICIAL" >/dev/null 2>&1 ||
        timeout "$PULL_TIMEOUT" docker pull --quiet "$OFFICIAL" >/dev/null 2>&1; then
        docker tag "$OFFICIAL" "$IMAGE"
        say "$IMAGE made from $OFFICIAL"
        exit 0
    fi
    say "$OFFICIAL cannot be pulled within ${PULL_TIMEOUT} s; building from Debian packages"
fi

command -v apt-get >/dev/null || die "neither a registry nor apt is available: the base image cannot be made"
[[ "$(id -u)" == 0 ]] || die "debootstrap needs root: run this once as root (or make $OFFICIAL available)"
if ! command -v debootstrap >/dev/null; then
    say "installing debootstrap"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends debootstrap >/dev/null
fi

sources="$(machine_sources)"
if [[ -z "$sources" ]]; then
    apt-get update -qq
    sources="$(machine_sources)"
fi
main="$(awk -v suite="$SUITE" '$2 == suite { print $1, $4; exit }' <<<"$sources")"
[[ -n "$main" ]] || die "this machine has no apt source for Debian $SUITE main"
read -r mirror keyring <<<"$main"

work="$(mktemp -d)"
trap 'rm -rf --one-file-system "$work"' EXIT
root="$work/root"
mkdir -p "$root"
chmod 755 "$root"

options=(--variant=minbase --arch="$(dpkg --print-architecture)")
[[ "$keyring" != "-" && -r "$keyring" ]] && options+=(--keyring="$keyring")
[[ "$sources" == *https://* ]] && options+=(--include=ca-certificates)

# debootstrap fetches with wget, which follows the environment, not apt's options.
proxy="$(apt_option Acquire::http::Proxy)"
proxy_tls="$(apt_option Acquire::https::Proxy)"
[[ -n "$proxy" && "$proxy" != DIRECT ]] && export http_proxy="$proxy"
[[ -n "$proxy_tls" && "$proxy_tls" != DIRECT ]] && export https_proxy="$proxy_tls"

say "debootstrap of $SUITE (takes a minute)"
if ! debootstrap "${options[@]}" "$SUITE" "$root" "$mirror" >"$work/log" 2>&1; then
    tail -n 20 "$work/log" >&2
    die "debootstrap failed"
fi

# The image's package source: what the machine uses. Proxies are not stored, builds pass them as arguments.
awk '{ print "deb " $1, $2, $3 }' <<<"$sources" >"$root/etc/apt/sources.list"
ca="$(apt_option Acquire::https::CaInfo)"
if [[ -n "$ca" && -r "$ca" ]]; then
    install -D -m 0644 "$ca" "$root/etc/ssl/lab-ca.crt"
    printf 'Acquire::https::CaInfo "/etc/ssl/lab-ca.crt";\n' >"$root/etc/apt/apt.conf.d/90lab-ca"
elif compgen -G '/usr/local/share/ca-certificates/*.crt' >/dev/null && [[ "$sources" == *https://* ]]; then
    cp /usr/local/share/ca-certificates/*.crt "$root/usr/local/share/ca-certificates/"
    chroot "$root" update-ca-certificates >/dev/null 2>&1 || say "the machine's own CA could not be added"
fi
cat >"$root/etc/apt/apt.conf.d/90lab" <<'CONF'
APT::Install-Recommends "false";
Acquire::Languages "none";
CONF
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/* "$root"/var/log/*.log \
    "$root"/usr/share/doc/* "$root"/usr/share/man/* "$root"/usr/share/locale/*
# What debootstrap copied from this machine must not travel in the image.
: >"$root/etc/resolv.conf"
printf 'lab\n' >"$root/etc/hostname"

tar --numeric-owner --one-file-system -C "$root" -c . |
    docker import --change 'ENV PATH /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
        --change 'CMD ["bash"]' - "$IMAGE" >/dev/null
say "$IMAGE made by debootstrap"
