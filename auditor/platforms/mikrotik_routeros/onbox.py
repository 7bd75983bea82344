"""Code on the device: scripts, schedules, hooks; and containers."""

import re
from collections.abc import Iterator

from auditor.model.areas import ContainerApp, Containers, EventPolicy, Job, Script, Scripts, ScriptTrait
from auditor.model.evidence import Code, Source, Unknown
from auditor.platforms.mikrotik_routeros.statements import ExportReader, listed
from auditor.syntax.exports import Entry

_TRAITS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"system[ /]+logging[ /]+(disable|remove)|system[ /]+logging[ /]+set .{0,200}disabled=yes"), "switches logging off"),
    (re.compile(r"system[ /]+logging[ /]+action[ /]+set .{0,200}(memory|disk)-lines|/?log[ /]+(clear|remove)|history[ /]+remove"), "clears logs"),
    (re.compile(r"(?<![\w-])user[ /]+(add|set|remove|enable|disable|ssh-keys[ /]+import)"), "changes accounts"),
    (re.compile(r"firewall[ /]+(filter|raw)[ /]+(add|set|remove|enable|disable|move)|ip[ /]+service[ /]+(set|enable|disable)"), "changes access lists"),
    (re.compile(r"tool[ /]+fetch.{0,400}upload=yes|tool[ /]+e-mail[ /]+send.{0,400}file="), "copies to a remote host"),
    (re.compile(r"tool[ /]+fetch"), "fetches a file or calls a web address"),
    (re.compile(r"tool[ /]+sniffer[ /]+(start|quick|set)"), "captures traffic"),
    (re.compile(r"(?<![\w-]):?(import|execute|parse)\s|system[ /]+script[ /]+run"), "runs other code"),
    (re.compile(r"system[ /]+(scheduler|script)[ /]+add"), "adds scheduled code"),
    (re.compile(r"(?<![\w-])/?file[ /]+remove"), "deletes files"),
)  # fmt: skip
URL = re.compile(r"\b(https?|s?ftp|tftp)://(?:[^/\s\"\\@]{1,200}@)?([^/\s\"'\\:$;)]{1,253})")
_HOOKS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("ppp profile", "ppp profile", ("on-up", "on-down")),
    ("ip dhcp-server", "dhcp server", ("lease-script",)),
    ("ip dhcp-client", "dhcp client", ("script",)),
    ("ipv6 dhcp-client", "dhcp client", ("script",)),
    ("ipv6 dhcp-server", "dhcp server", ("binding-script",)),
    ("ip hotspot user profile", "hotspot profile", ("on-login", "on-logout")),
    ("interface vrrp", "vrrp", ("on-master", "on-backup", "on-fail")),
    ("tool netwatch", "netwatch", ("up-script", "down-script", "test-script")),
    ("tool traffic-monitor", "traffic monitor", ("on-event",)),
    ("system routerboard mode-button", "button", ("on-event",)),
    ("system routerboard reset-button", "button", ("on-event",)),
    ("system routerboard wps-button", "button", ("on-event",)),
    ("system logging action", "log action", ("script",)),
    ("system ups", "ups", ("on-line", "on-battery")),
    ("user-manager user", "user-manager", ("on-login",)),
    ("caps-man access-list", "access list", ("script",)),
    ("iot mqtt subscriptions", "mqtt", ("on-message",)),
    ("iot gpio digital", "gpio", ("script",)),
    ("interface lte", "lte", ("sms-script",)),
    ("tool sms", "sms", ("on-receive",)),
)
"""Menu, kind, and the settings that hold code which runs on an event."""
_OWN_IGNORED: dict[str, tuple[str, ...]] = {
    "tool netwatch": (
        "timeout", "src-address", "packet-count", "packet-interval", "packet-size", "port", "start-delay", "startup-delay",
        "thr-avg", "thr-http-time", "thr-jitter", "thr-loss-count", "thr-loss-percent", "thr-max", "thr-stdev", "http-codes",
        "thr-tcp-conn-time", "check-certificate", "certificate", "dns-server", "record-type", "ttl", "early-failure-detection",
        "early-success-detection", "ignore-initial-down", "ignore-initial-up", "accept-icmp-time-exceeded",
    ),
    "ppp profile": (
        "address-list", "bridge", "bridge-horizon", "bridge-learning", "bridge-path-cost", "bridge-port-priority", "only-one",
        "change-tcp-mss", "dns-server", "idle-timeout", "incoming-filter", "insert-queue-before", "interface-list", "rate-limit",
        "local-address", "outgoing-filter", "parent-queue", "queue-type", "remote-address", "session-timeout", "wins-server",
        "use-compression", "use-encryption", "use-ipv6", "use-mpls", "use-upnp", "remote-ipv6-prefix-pool", "bridge-port-vid",
        "dhcpv6-pd-pool", "dhcpv6-lease-time", "dhcpv6-use-radius", "bridge-port-trusted", "remote-ipv6-prefix-reuse",
    ),
    "ip hotspot user profile": (
        "rate-limit", "shared-users", "session-timeout", "idle-timeout", "keepalive-timeout", "status-autorefresh", "address-pool",
        "add-mac-cookie", "mac-cookie-timeout", "open-status-page", "parent-queue", "transparent-proxy", "queue-type",
        "insert-queue-before", "address-list", "incoming-filter", "outgoing-filter", "advertise", "advertise-url",
    ),
    "system routerboard mode-button": ("enabled", "hold-time"),
    "system routerboard reset-button": ("enabled", "hold-time"),
    "system routerboard wps-button": ("enabled", "hold-time"),
    "tool traffic-monitor": ("interface", "threshold", "traffic", "trigger"),
    "tool sms": ("allowed-number", "channel", "port", "secret", "sim-pin", "receive-enabled", "auto-erase", "polling", "sms-storage"),
}  # fmt: skip


def traits(text: str, source: Source) -> tuple[ScriptTrait, ...]:
    """What code does that is a finding by itself."""
    lowered = text.lower()
    return tuple(ScriptTrait(what, source) for pattern, what in _TRAITS if pattern.search(lowered))


def code(reader: ExportReader) -> Iterator[tuple[str, Entry, str]]:
    """Every piece of code of the export, with its entry and the setting that holds it."""
    for entry in reader.entries("system script", "owner", "policy"):
        yield entry.get("source"), entry, "source"
    for entry in reader.entries("system scheduler", "start-date", "policy"):
        yield entry.get("on-event"), entry, "on-event"
    for menu, _, keys in _HOOKS:
        for entry in reader.entries(menu):
            for key in keys:
                if entry.settings.get(key):
                    yield entry.get(key), entry, key


def scripts(reader: ExportReader) -> Scripts:
    """Scripts, schedules and hooks.

    Read `/system script add name= source=`, `/system scheduler add name= on-event= interval= start-time=`,
    `/tool netwatch add host= down-script=`, `/ppp profile add on-up=`, and the other settings that hold code.
    """
    policies: list[EventPolicy] = []
    for menu, ignored in _OWN_IGNORED.items():
        reader.entries(menu, *ignored)
    for menu, kind, keys in _HOOKS:
        for entry in reader.entries(menu):
            policies += [_policy(reader, entry, kind, key) for key in keys if entry.settings.get(key, "").strip()]
            for key in ("interval", "type", "host", *keys):
                entry.get(key)
    return Scripts(
        policies=tuple(policies),
        jobs=tuple(_job(reader, entry) for entry in reader.entries("system scheduler", "start-date", "policy")),
        scripts=tuple(_script(reader, entry) for entry in reader.entries("system script", "owner", "policy")),
    )


def _policy(reader: ExportReader, entry: Entry, kind: str, key: str) -> EventPolicy:
    source = reader.at(entry, key)
    name = entry.settings.get("name") or entry.get("host") or entry.get("interface") or entry.key
    text = entry.get(key)
    return EventPolicy(
        name=f"{name} {key}",
        kind=kind,
        sources=reader.all(entry),
        trigger=key,
        traits=traits(text, source),
        trigger_sources=(source,),
        active=reader.active(entry),
    )


def _job(reader: ExportReader, entry: Entry) -> Job:
    when = " ".join(f"{key}={entry.get(key)}" for key in ("start-time", "interval") if entry.has(key))
    text = entry.get("on-event")
    return Job(
        name=entry.settings.get("name") or entry.key,
        when=when,
        commands=tuple(line.strip() for line in text.splitlines() if line.strip()),
        sources=reader.all(entry),
        traits=traits(text, reader.at(entry, "on-event")),
        active=reader.active(entry),
    )


def _script(reader: ExportReader, entry: Entry) -> Script:
    source = reader.at(entry, "source")
    found = traits(entry.get("source"), source)
    if entry.get("dont-require-permissions") == "yes":
        found = (
            *found,
            ScriptTrait("runs without command authorization", reader.at(entry, "dont-require-permissions")),
        )
    return Script(name=entry.settings.get("name") or entry.key, kind="script", sources=reader.all(entry), traits=found)


def containers(reader: ExportReader) -> Containers:
    """Containers.

    Read `/container add remote-image= file= interface= start-on-boot= mounts=`. The framework is switched on in
    device-mode, which an export does not show.
    """
    ignored = ("cmd", "entrypoint", "envlist", "envlists", "hostname", "domain-name", "dns", "workdir", "stop-signal", "logging", "root-dir", "user", "env", "check-certificate", "tmpfs", "devices", "hosts", "memory-high", "cpu-list", "auto-restart-interval", "restart-policy", "restart-interval", "restart-count", "restart-max-count", "stop-time", "shm-size", "layer-dir")  # fmt: skip
    addresses = _addresses(reader)
    roots = _roots(reader)
    apps = []
    for entry in reader.entries("container", *ignored):
        interface = entry.get("interface")
        mounts = [name for key in ("mounts", "mountlists", "mount") for name in listed(entry.get(key))]
        apps.append(
            ContainerApp(
                name=entry.settings.get("name")
                or entry.get("remote-image")
                or entry.get("file")
                or entry.get("root-dir")
                or interface
                or entry.key,
                sources=reader.all(entry),
                started=entry.get("start-on-boot") == "yes",
                network=(reader.at(entry, "interface"),) if interface else (),
                privileged=tuple(dict.fromkeys(roots[name] for name in mounts if name in roots)),
                addresses=addresses.get(interface, ()),
                image=entry.get("remote-image") or entry.get("file"),
            )
        )
        entry.get("file")
    return Containers(
        host=Unknown(Code.STATE, "whether containers are allowed is shown by '/system device-mode print' only"),
        apps=tuple(apps),
    )


def _roots(reader: ExportReader) -> dict[str, Source]:
    """Mounts that hand over the whole file system: `/container mounts add name= src=/ dst=`.

    A folder of its own is how a container keeps its data (MikroTik documentation, Container, the example of Pi-hole).
    """
    found = {}
    for entry in reader.entries("container mounts", "dst", "comment", "read-only"):
        if entry.get("src").strip("/") in ("", "flash"):
            found[entry.get("name") or entry.get("list")] = reader.at(entry)
    return found


def _addresses(reader: ExportReader) -> dict[str, tuple[str, ...]]:
    """Virtual interfaces of containers with their addresses."""
    ignored = ("gateway", "gateway6", "mac-address", "container-mac-address", "dhcp")
    entries = reader.entries("interface veth", *ignored)
    return {entry.settings.get("name", ""): listed(entry.get("address")) for entry in entries}
