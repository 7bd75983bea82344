"""What is booted, what is fetched and sent, whom the device calls, whom it asks for names."""

import re

from auditor.model.areas import Boot, BootImage, Dialout, Dialouts, Names, Resolver, Transfer, Transfers
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.platforms.mikrotik_routeros import onbox
from auditor.platforms.mikrotik_routeros.statements import ExportReader, listed

_BOARD_IGNORED = (
    "auto-upgrade", "baud-rate", "boot-delay", "boot-os", "cpu-frequency", "cpu-mode", "enable-jumper-reset", "enter-setup-on",
    "memory-frequency", "memory-data-rate", "regulatory-domain-ce", "silent-boot", "reformat-hold-button", "boot-protocol",
    "reformat-hold-button-max", "init-delay", "disable-pci", "force-backup-booter", "preboot-etherboot-server",
)  # fmt: skip
_BACKUP = re.compile(r"\bexport\b|\bbackup\b")


def boot(reader: ExportReader) -> Boot:
    """Read `/system routerboard settings set boot-device= protected-routerboot= preboot-etherboot=`."""
    entry = reader.only("system routerboard settings", *_BOARD_IGNORED)
    device = reader.word("system routerboard settings", "boot-device")
    images: tuple[BootImage, ...] = ()
    if entry is not None and entry.has("boot-device"):
        word = entry.get("boot-device")
        images = (BootImage(word, reader.at(entry, "boot-device"), remote=_from_network(word)),)
    netboot: Setting[bool] = (
        device
        if isinstance(device, Unknown)
        else Known(_from_network(device.value), device.sources, default=device.default)
    )
    if entry is not None and entry.get("preboot-etherboot") not in ("", "disabled"):
        netboot = Known(True, (reader.at(entry, "preboot-etherboot"),))
    recovery: Setting[bool] | None = None
    if entry is not None and entry.has("protected-routerboot"):
        recovery = Known(entry.get("protected-routerboot") != "enabled", (reader.at(entry, "protected-routerboot"),))
    return Boot(images=images, autoinstall=netboot, password_recovery=recovery)


def _from_network(device: str) -> bool:
    """Ethernet is tried first; as the second way it is the factory setting."""
    return device.startswith(("ethernet", "try-ethernet"))


def transfers(reader: ExportReader) -> Transfers:
    """Files that code of the export fetches or sends: `/tool fetch url=http://H/..`; a backup where it makes one first."""
    found = []
    for text, entry, key in onbox.code(reader):
        upload = "upload=yes" in text
        for protocol, host in dict.fromkeys(onbox.URL.findall(text)):
            found.append(
                Transfer(
                    kind="archive" if upload and _BACKUP.search(text) else "other",
                    protocol=protocol,
                    source=reader.at(entry, key),
                    host=host,
                    outbound=upload,
                    active=reader.active(entry),
                )
            )
    return Transfers(tuple(found))


def dialout(reader: ExportReader) -> Dialouts:
    """Read `/tr069-client set enabled= acs-url=`, `/ip cloud set back-to-home-vpn= ddns-enabled=`."""
    found = []
    client = reader.only("tr069-client", "connection-request-port")
    if client is not None and client.has("acs-url"):
        url = client.get("acs-url")
        active = client.get("enabled") == "yes"
        found.append(
            Dialout(
                kind="tr-069",
                address=url,
                source=reader.at(client, "acs-url"),
                takes_commands=True,
                tls=Known(url.startswith("https"), (reader.at(client, "acs-url"),)),
                active=active,
                sources=reader.all(client),
            )
        )
    cloud = reader.only("ip cloud")
    for key, takes in (("ddns-enabled", False), ("back-to-home-vpn", True)):
        value = cloud.get(key) if cloud is not None else ""
        if cloud is not None and value in ("yes", "enabled", "auto"):
            found.append(
                Dialout("cloud-agent", "cloud.mikrotik.com", reader.at(cloud, key), name=key, takes_commands=takes)
            )
    return Dialouts(tuple(found))


_STATIC_IGNORED = ("address", "ttl", "type", "regexp", "cname", "forward-to", "match-subdomain", "mx-exchange", "mx-preference", "ns", "text", "srv-target", "srv-port", "srv-priority", "srv-weight", "address-list")  # fmt: skip


def names(reader: ExportReader) -> Names:
    """Resolvers and static names.

    Read `/ip dns set servers= use-doh-server=`, `/ip dns static add name= address=`; resolvers may be learned while a
    DHCP or PPP client takes them (`use-peer-dns=yes`).
    """
    entry = reader.only("ip dns")
    resolvers = []
    if entry is not None:
        for key in ("servers", "use-doh-server"):
            resolvers += [Resolver(address, reader.at(entry, key)) for address in listed(entry.get(key))]
        entry.get("verify-doh-cert")
    for forwarder in reader.entries("ip dns forwarders", "verify-doh-cert"):
        for key in ("dns-servers", "doh-servers"):
            resolvers += [Resolver(address, reader.at(forwarder, key)) for address in listed(forwarder.get(key))]
    static = tuple(reader.at(one) for one in reader.entries("ip dns static", *_STATIC_IGNORED) if reader.active(one))
    return Names(resolvers=tuple(resolvers), lookup=_lookup(resolvers), static_hosts=static, dynamic=_learned(reader))


def _lookup(resolvers: list[Resolver]) -> Setting[bool]:
    if resolvers:
        return Known(True, tuple(one.source for one in resolvers))
    return Unknown(Code.STATE, "no resolver is configured; whether one is learned is not in the export")


def _learned(reader: ExportReader) -> Setting[bool]:
    sources = []
    for menu, absent in (("ip dhcp-client", "yes"), ("interface pppoe-client", "no"), ("interface lte apn", "yes")):
        for entry in reader.entries(menu):
            if reader.active(entry) and entry.get("use-peer-dns", absent) in ("yes", "exclusively"):
                sources.append(reader.at(entry))
    return Known(bool(sources), tuple(sources))
