"""Services that answer on the network, and who reaches each."""

from auditor.model.areas import Admission, Algorithms, Filter, Service, ServiceKind, Services, SshServer, TlsProfile
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.mikrotik_routeros.defaults import DEFAULTS
from auditor.platforms.mikrotik_routeros.filters import Firewall, guards, written
from auditor.platforms.mikrotik_routeros.statements import ExportReader, listed, names
from auditor.syntax.exports import Entry

_ENCRYPTED = Unknown(Code.DEFAULT, "whether WinBox is encrypted depends on the release and the client")
IP_SERVICES: tuple[tuple[str, ServiceKind, int, Setting[bool]], ...] = (
    ("telnet", ServiceKind.TELNET, 23, Known(False)),
    ("ftp", ServiceKind.FTP, 21, Known(False)),
    ("www", ServiceKind.HTTP, 80, Known(False)),
    ("ssh", ServiceKind.SSH, 22, Known(True)),
    ("www-ssl", ServiceKind.HTTPS, 443, Known(True)),
    ("api", ServiceKind.VENDOR_API, 8728, Known(False)),
    ("api-ssl", ServiceKind.VENDOR_API, 8729, Known(True)),
    ("winbox", ServiceKind.VENDOR_MANAGEMENT, 8291, _ENCRYPTED),
)
"""The entries of `/ip service`: name, kind, usual port, whether encrypted (reference E4)."""
_SWITCHED: tuple[tuple[str, str, ServiceKind, str, int, str], ...] = (
    ("tool bandwidth-server", "enabled", ServiceKind.VENDOR_MANAGEMENT, "bandwidth-test", 2000, "tcp"),
    ("tool romon", "enabled", ServiceKind.VENDOR_MANAGEMENT, "romon", 0, ""),
    ("tool mac-server ping", "enabled", ServiceKind.VENDOR_MANAGEMENT, "mac-ping", 0, ""),
    ("ip dns", "allow-remote-requests", ServiceKind.DNS, "dns", 53, "udp"),
    ("ip proxy", "enabled", ServiceKind.PROXY, "proxy", 8080, "tcp"),
    ("ip socks", "enabled", ServiceKind.PROXY, "socks", 1080, "tcp"),
    ("ip upnp", "enabled", ServiceKind.UPNP, "upnp", 0, ""),
    ("tr069-client", "enabled", ServiceKind.TR069, "tr069-client", 0, ""),
)
"""Menus with a switch: menu, key, kind, name, usual port, protocol."""
_OTHERS: tuple[tuple[str, str], ...] = (
    ("ip smb", "smb"), ("dude", "dude"), ("file rsync-daemon", "rsync"), ("ip cloud", "back-to-home"), ("ip reverse-proxy", "reverse-proxy"),
)  # fmt: skip
_WITH_RULES = ("ip proxy", "ip socks")
_RULE_IGNORED = (
    "dst-address",
    "dst-port",
    "src-port",
    "dst-host",
    "path",
    "method",
    "local-port",
    "redirect-to",
    "action-data",
)
IGNORED: dict[str, tuple[str, ...]] = {
    "ip service": ("max-sessions",),
    "tool bandwidth-server": ("max-sessions", "allocate-udp-ports-from", "allowed-addresses4", "allowed-addresses6"),
    "tool romon": ("id", "secrets"),
    "ip dns": (
        "cache-max-ttl", "cache-size", "max-concurrent-queries", "max-concurrent-tcp-sessions", "max-udp-packet-size",
        "query-server-timeout", "query-total-timeout", "address-list-extra-time", "doh-max-concurrent-queries",
        "doh-max-server-connections", "doh-timeout", "mdns-repeat-ifaces", "vrf",
    ),
    "ip proxy": (
        "cache-administrator", "cache-hit-dscp", "cache-on-disk", "cache-path", "max-cache-object-size", "max-cache-size",
        "max-client-connections", "max-fresh-time", "max-server-connections", "parent-proxy", "parent-proxy-port",
        "serialize-connections", "src-address", "always-from-cache", "anonymous",
    ),
    "ip socks": ("connection-idle-timeout", "max-connections", "version", "vrf"),
    "ip upnp": ("allow-disable-external-interface", "show-dummy-rule"),
    "ip ssh": ("host-key-size", "host-key-type"),
    "ip smb": ("comment", "domain", "interfaces", "allow-guests"),
    "ip cloud": ("ddns-enabled", "ddns-update-interval", "update-time", "vpn-dns-names"),
    "tr069-client": (
        "check-certificate", "client-certificate", "connection-request-password", "connection-request-username", "password",
        "periodic-inform-enabled", "periodic-inform-interval", "provisioning-code", "username",
    ),
    "dude": ("data-directory",),
    "ip dhcp-server": (
        "address-pool", "lease-time", "relay", "authoritative", "bootp-support", "always-broadcast", "delay-threshold",
        "add-arp", "use-radius", "parent-queue", "insert-queue-before", "client-mac-limit", "conflict-detection",
        "dhcp-option-set", "server-address", "src-address", "allow-dual-stack-queue", "bootp-lease-time",
        "use-framed-as-classless", "address-lists", "support-broadband-tr101", "use-reconfigure",
    ),
}  # fmt: skip
"""Settings that change nothing of who may use a service."""


def services(reader: ExportReader, firewall: Firewall, families: tuple[int, ...]) -> Services:
    """Every service that the system has.

    Read `/ip service set NAME disabled= port= address=`, `/ip ssh set`, `/tool mac-server`, `/tool romon`,
    `/tool bandwidth-server`, `/ip dns`, `/ip proxy`, `/ip socks`, `/ip upnp`, `/ip tftp`, `/ip dhcp-server`, `/ip smb`.
    """
    for menu, ignored in IGNORED.items():
        reader.entries(menu, *ignored)
    return Services(
        found=(
            *ip_services(reader, firewall, families),
            *(_switched(reader, firewall, families, *row) for row in _SWITCHED),
            _by_interface(reader, "tool mac-server", "mac-telnet"),
            _by_interface(reader, "tool mac-server mac-winbox", "mac-winbox"),
            *_listed(reader, ("ip dhcp-server", "ipv6 dhcp-server"), ServiceKind.DHCP),
            *_listed(reader, ("ip tftp",), ServiceKind.TFTP),
            *_listed(reader, ("ip hotspot",), ServiceKind.OTHER),
            *(one for menu, name in _OTHERS for one in _other(reader, menu, name)),
        ),
        ssh=_ssh(reader),
        tls=tuple(_tls(reader)),
    )


def ip_services(reader: ExportReader, firewall: Firewall, families: tuple[int, ...]) -> list[Service]:
    """The entries of `/ip service`; one without a line is as it is shipped."""
    lines = names(reader.entries("ip service"))
    found = []
    for name, kind, usual, tls in IP_SERVICES:
        entry = lines.get(name)
        port = entry.get("port") if entry is not None else ""
        limits = (
            written(reader, entry, "address", f"ip service {name}")
            or written(reader, entry, "available-from", f"ip service {name}")
            if entry is not None
            else ()
        )
        number = int(port) if port.isdigit() else usual
        filters, free = guards(firewall, families, limits, "tcp", number)
        found.append(
            Service(
                kind=kind,
                enabled=_enabled(reader, entry, name),
                sources=reader.all(entry) if entry is not None else (),
                name=name,
                port=number if number != usual else None,
                filters=filters,
                open_families=Known(free),
                tls=tls,
                vrfs=_vrfs(entry),
            )
        )
    return found


def _vrfs(entry: Entry | None) -> tuple[str, ...]:
    vrf = entry.get("vrf") if entry is not None else ""
    return (vrf,) if vrf and vrf != "main" else ()


def _enabled(reader: ExportReader, entry: Entry | None, name: str) -> Setting[bool]:
    if entry is not None and entry.has("disabled"):
        return Known(entry.get("disabled") not in ("yes", "true"), (reader.at(entry, "disabled"),))
    return DEFAULTS.absent(f"/ip service {name}", bool, reader.release, reader.complete)


def _switched(
    reader: ExportReader,
    firewall: Firewall,
    families: tuple[int, ...],
    menu: str,
    key: str,
    kind: ServiceKind,
    name: str,
    usual: int,
    protocol: str,
) -> Service:
    entry = reader.only(menu)
    port = entry.get("port") if entry is not None else ""
    number = int(port) if port.isdigit() else usual
    limits = _access_rules(reader, menu)
    filters, free = guards(firewall, families, limits, protocol, number) if protocol else ((), ())
    return Service(
        kind=kind,
        enabled=reader.flag(menu, key),
        sources=reader.all(entry) if entry is not None else (),
        name=name,
        port=number if number != usual else None,
        filters=filters,
        open_families=Known(free),
        unauthenticated=_unauthenticated(reader, entry),
    )


def _access_rules(reader: ExportReader, menu: str) -> tuple[Filter, ...]:
    """`/ip proxy access add action=deny src-address=P`: rules in order; what none decides is allowed."""
    if menu not in _WITH_RULES:
        return ()
    rules = [entry for entry in reader.entries(f"{menu} access", *_RULE_IGNORED) if reader.active(entry)]
    admitted: list[Admission] = []
    for entry in rules:
        source, prefix = reader.at(entry), entry.get("src-address")
        if entry.get("action", "allow") in ("allow", "redirect"):
            admitted.append(Admission(prefix or "0.0.0.0/0", source))
        elif prefix in ("", "0.0.0.0/0"):
            return (Filter(f"{menu} access", 4, reader.at(rules[0]), admitted=tuple(admitted)),)
    if not rules:
        return ()
    return (Filter(f"{menu} access", 4, reader.at(rules[0]), any_source=Known(True, (reader.at(rules[-1]),))),)


def _unauthenticated(reader: ExportReader, entry: Entry | None) -> Source | None:
    """`authenticate=no` of the bandwidth test, `auth-method=none` of the SOCKS proxy."""
    if entry is None:
        return None
    for key, value in (("authenticate", "no"), ("auth-method", "none")):
        if entry.get(key) == value:
            return reader.at(entry, key)
    return None


def _by_interface(reader: ExportReader, menu: str, name: str) -> Service:
    """`set allowed-interface-list=L`; up to version 6.40 one entry for each interface."""
    entries = reader.entries(menu)
    only = reader.only(menu)
    objects: tuple[str, ...] = ()
    enabled: Setting[bool]
    if only is not None and only.has("allowed-interface-list"):
        word = only.get("allowed-interface-list")
        objects, enabled = (word,), Known(word != "none", (reader.at(only, "allowed-interface-list"),))
    elif entries:
        on = [entry for entry in entries if reader.active(entry)]
        objects = tuple(entry.get("interface", "all") for entry in on)
        enabled = Known(bool(on), reader.all(*(on or entries)))
    else:
        absent = DEFAULTS.absent(f"/{menu} allowed-interface-list", str, reader.release, reader.complete)
        enabled = absent if isinstance(absent, Unknown) else Known(absent.value != "none", default=absent.default)
    return Service(
        kind=ServiceKind.VENDOR_MANAGEMENT, enabled=enabled, sources=reader.all(*entries), name=name, objects=objects
    )


def _listed(reader: ExportReader, menus: tuple[str, ...], kind: ServiceKind) -> list[Service]:
    """Menus in which each entry is a server; none without an entry."""
    found = []
    for menu in menus:
        for entry in reader.entries(menu, "profile", "addresses-per-mac", "idle-timeout", "keepalive-timeout", "read-only", "allow-rollover", "reading-window-size", "allow-overwrite", "login-timeout", "prefix-pool", "preference", "rapid-commit", "route-distance", "binding-script"):  # fmt: skip
            words = (entry.get("req-filename"), entry.get("real-filename"))
            found.append(
                Service(
                    kind=kind,
                    enabled=Known(reader.active(entry), (reader.at(entry, "disabled"),)),
                    sources=reader.all(entry),
                    name=entry.settings.get("name", menu.rpartition(" ")[2]),
                    bound=(reader.at(entry, "interface"),) if entry.get("interface") else (),
                    objects=tuple(word for word in words if word),
                    filters=written(reader, entry, "ip-addresses", "tftp addresses"),
                )
            )
    return found or [Service(kind=kind, enabled=_none(reader, menus[0]), name=menus[0].rpartition(" ")[2])]


def _none(reader: ExportReader, menu: str) -> Setting[bool]:
    if isinstance(reader.complete, Unknown):
        return reader.complete
    return Known(False, default=f"no entry in /{menu}: nothing is served without one (syntax-other-families E4)")


def _other(reader: ExportReader, menu: str, name: str) -> list[Service]:
    """Further servers, listed only where a line names them."""
    entry = reader.only(menu)
    key = "back-to-home-vpn" if menu == "ip cloud" else "enabled"
    if entry is None or not entry.has(key):
        return []
    on = entry.get(key) in ("yes", "enabled", "auto", "true")
    return [Service(ServiceKind.OTHER, Known(on, (reader.at(entry, key),)), sources=reader.all(entry), name=name)]


def _ssh(reader: ExportReader) -> SshServer:
    entry = reader.only("ip ssh")
    forwarding = reader.word("ip ssh", "forwarding-enabled")
    allowed: Setting[bool] = (
        forwarding
        if isinstance(forwarding, Unknown)
        else Known(forwarding.value != "no", forwarding.sources, default=forwarding.default)
    )
    lists: list[Algorithms] = []
    if entry is not None:
        entry.get("strong-crypto")
        if entry.get("ciphers") not in ("", "auto"):
            lists.append(Algorithms("encryption", listed(entry.get("ciphers")), reader.at(entry, "ciphers")))
        if entry.get("allow-none-crypto") == "yes":
            lists.append(Algorithms("encryption", ("none",), reader.at(entry, "allow-none-crypto")))
    return SshServer(algorithms=tuple(lists), forwarding=allowed, password_login=_password_login(reader, entry))


def _password_login(reader: ExportReader, entry: Entry | None) -> Setting[bool]:
    for key in ("password-authentication", "always-allow-password-login"):
        value = entry.get(key) if entry is not None else ""
        if entry is not None and (value == "yes" or (value == "no" and key == "password-authentication")):
            return Known(value == "yes", (reader.at(entry, key),))
    return Unknown(
        Code.STATE, "passwords are accepted from users without an SSH key, and an export does not show the keys"
    )


def _tls(reader: ExportReader) -> list[TlsProfile]:
    found = []
    for name, entry in names(reader.entries("ip service")).items():
        version, certificate = entry.get("tls-version"), entry.get("certificate")
        if version or certificate:
            versions = ("1.2",) if version == "only-1.2" else ()
            found.append(TlsProfile(name=name, sources=reader.all(entry), versions=versions))
    return found
