"""What the device boots, what it fetches and sends, and whom it calls."""

import msgspec

from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret


class BootImage(msgspec.Struct, frozen=True):
    """A place that the system, its configuration or its boot options are loaded from."""

    path: str
    source: Source
    remote: bool = False
    """Loaded over the network."""
    kind: str = "image"
    """`image`, `configuration`, `licence`, `options`."""


class Boot(msgspec.Struct, frozen=True):
    """Boot and integrity."""

    images: tuple[BootImage, ...] = ()
    register: Setting[str] | None = None
    """IOS configuration register; None where there is none."""
    autoinstall: Setting[bool] = Unknown(Code.CUT, "automatic installation is not read on this platform")
    """The device looks for a configuration on the network (autoinstall, POAP, ZTP, auto-image-upgrade)."""
    password_recovery: Setting[bool] | None = None
    verified: Setting[bool] | None = None
    """Images are checked before they run; None where no statement decides it."""
    packages: tuple[Source, ...] = ()
    """Extensions, SMUs or third-party software that the configuration adds."""


class Transfer(msgspec.Struct, frozen=True):
    """A file that the device sends or fetches."""

    kind: str
    """`archive` (configuration backup), `configuration`, `software`, `logs`, `statistics`, `credentials`, `other`."""
    protocol: str
    """`tftp`, `ftp`, `http`, `https`, `scp`, `sftp`, `local`."""
    source: Source
    host: str = ""
    outbound: bool = True
    """The device sends; False where it fetches."""
    secret: Secret | None = None
    active: bool = True


class Transfers(msgspec.Struct, frozen=True):
    """File transfers that the configuration arranges."""

    transfers: tuple[Transfer, ...]


class Dialout(msgspec.Struct, frozen=True):
    """A connection that the device opens by itself: telemetry, call-home, cloud agent, outbound SSH, gRPC tunnel."""

    kind: str
    """`telemetry`, `call-home`, `outbound-ssh`, `grpc-tunnel`, `cloud-agent`, `tr-069`, `pnp`, `licence`."""
    address: str
    source: Source
    name: str = ""
    port: int | None = None
    vrf: str = ""
    takes_commands: bool = False
    """The other end gets a management session."""
    tls: Setting[bool] = Unknown(Code.DEFAULT, "whether the connection is encrypted is not written")
    active: bool = True
    sources: tuple[Source, ...] = ()


class Dialouts(msgspec.Struct, frozen=True):
    """Connections that the device opens by itself."""

    connections: tuple[Dialout, ...]


class Resolver(msgspec.Struct, frozen=True):
    """A DNS server that the device asks."""

    address: str
    source: Source
    vrf: str = ""


class Names(msgspec.Struct, frozen=True):
    """Name resolution by the device. That it answers others is a service of kind `dns-server`."""

    resolvers: tuple[Resolver, ...]
    lookup: Setting[bool] = Unknown(Code.DEFAULT, "whether names are looked up is not written")
    static_hosts: tuple[Source, ...] = ()
    dynamic: Setting[bool] = Known(False)
    """Resolvers may also be learned (DHCP, PPP)."""
