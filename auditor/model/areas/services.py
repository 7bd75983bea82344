"""Services that answer on the network."""

from enum import StrEnum

import msgspec

from auditor.model.areas.filters import Filter
from auditor.model.evidence import Known, Setting, Source, Unknown


class ServiceKind(StrEnum):
    """Kinds of service, in the field's words."""

    SSH = "ssh"
    TELNET = "telnet"
    HTTP = "http"
    """Web server or API without TLS."""
    HTTPS = "https"
    """Web server with TLS for people."""
    NETCONF = "netconf"
    RESTCONF = "restconf"
    GNMI = "gnmi"
    """gNMI, gNOI or another gRPC service of the vendor."""
    JSON_RPC = "json-rpc"
    """Programmatic API over HTTP: eAPI, NX-API, JSON-RPC, Junos REST."""
    XML_API = "xml-api"
    """XML agent, XNM, WSMA over sockets."""
    WSMA = "wsma"
    CNS = "cns"
    VENDOR_API = "vendor-api"
    """RouterOS api, api-ssl."""
    VENDOR_MANAGEMENT = "vendor-management"
    """WinBox, MAC-telnet, MAC-WinBox, RoMON, bandwidth test."""
    SMART_INSTALL = "smart-install"
    FTP = "ftp-server"
    TFTP = "tftp-server"
    SCP = "scp-server"
    SFTP = "sftp-server"
    RSH = "rsh"
    """rsh, rcp, rlogin."""
    FINGER = "finger"
    SMALL_SERVERS = "small-servers"
    PAD = "pad"
    BOOTP = "bootp"
    IDENTD = "identd"
    MOP = "mop"
    DNS = "dns-server"
    DHCP = "dhcp-server"
    PROXY = "proxy"
    """HTTP or SOCKS proxy."""
    UPNP = "upnp"
    TR069 = "tr-069"
    DTCP = "dtcp"
    """Junos dynamic tasking control protocol."""
    DAEMON_VTY = "daemon-vty"
    """TCP command line of a routing daemon."""
    LINUX_SSH = "linux-ssh"
    """SSH of the Linux under the network system (IOS XR sshd_operns)."""
    OTHER = "other"


class Service(msgspec.Struct, frozen=True):
    """A service that the platform has: on, off, or not known to be either."""

    kind: ServiceKind
    enabled: Setting[bool]
    sources: tuple[Source, ...] = ()
    """Every line that says something about it."""
    name: str = ""
    """The device's own word, or the instance, where a kind occurs more than once."""
    port: int | None = None
    """None for the usual port of the service."""
    filters: tuple[Filter, ...] = ()
    """Source lists that must be passed."""
    open_families: Setting[tuple[int, ...]] = Known(())
    """Address families in which it answers and no source list stands."""
    tls: Setting[bool] = Known(False)
    """Whether the transport is encrypted."""
    unauthenticated: Source | None = None
    """The line that lets anybody use it."""
    vrfs: tuple[str, ...] = ()
    bound: tuple[Source, ...] = ()
    """Lines that tie it to where sessions arrive (IOS `rotary`, interface lists)."""
    objects: tuple[str, ...] = ()
    """What it hands out or takes: files of a TFTP server, inner services of an API."""


class Algorithms(msgspec.Struct, frozen=True):
    """A list of algorithms that was configured."""

    kind: str
    """`encryption`, `mac`, `kex`, `hostkey`, `publickey`."""
    names: tuple[str, ...]
    """IANA spellings where the platform's word has one."""
    source: Source


class SshServer(msgspec.Struct, frozen=True):
    """How the SSH server behaves, beside where it listens (the services of kind `ssh`)."""

    version1: Setting[bool] = Known(False)
    """Protocol version 1 is accepted."""
    algorithms: tuple[Algorithms, ...] = ()
    """Configured lists only; what a release offers by itself is not known from a configuration."""
    root_login: Setting[bool] | None = None
    """The system's own administrator may log in; None where the platform has no such account."""
    password_login: Setting[bool] | None = None
    """Passwords are accepted; None where the platform cannot switch them off."""
    forwarding: Setting[bool] | None = None
    """TCP forwarding is allowed; None where the platform has none."""
    dh_bits: Setting[int] | None = None
    """Smallest group of the Diffie-Hellman exchange, in bits."""
    ports_known: Setting[bool] = Known(True)
    """Unknown where the ports stand in a document that was not collected."""


class TlsProfile(msgspec.Struct, frozen=True):
    """TLS settings of a service."""

    name: str
    sources: tuple[Source, ...]
    versions: tuple[str, ...] = ()
    """`1.0`, `1.1`, `1.2`, `1.3` as far as configured; empty where the release decides."""
    ciphers: tuple[str, ...] = ()
    self_signed: Setting[bool] | None = None
    client_auth: Setting[bool] = Known(False)


class Services(msgspec.Struct, frozen=True):
    """Services that answer on the network.

    A reader lists every kind that the platform has, whether on, off or not known; a kind that is not listed does not
    exist on the platform.
    """

    found: tuple[Service, ...]
    ssh: SshServer = SshServer()
    tls: tuple[TlsProfile, ...] = ()

    def of(self, *kinds: ServiceKind) -> tuple[Service, ...]:
        """The services of these kinds."""
        return tuple(service for service in self.found if service.kind in kinds)

    def state(self, kind: ServiceKind) -> Setting[bool] | None:
        """Whether any service of the kind is on; None where the platform has none."""
        mine = [service.enabled for service in self.found if service.kind is kind]
        known = [setting for setting in mine if isinstance(setting, Known)]
        on = [setting for setting in known if setting.value]
        if not on and (len(known) < len(mine) or not mine):
            return next((setting for setting in mine if isinstance(setting, Unknown)), None)
        decisive = on or known
        sources = tuple(source for setting in decisive for source in setting.sources)
        return Known(bool(on), sources, default="" if sources else decisive[0].default)
