"""Management plane protection and policing of what reaches the processors (syntax-ios-family B.4, B.8)."""

import msgspec

from auditor.model.areas import Admission, ControlPlane, Filter, ManagementInterface
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.cisco_iosxr.configuration import Configuration
from auditor.platforms.cisco_iosxr.defaults import TABLE
from auditor.platforms.cisco_iosxr.interfaces import Ports
from auditor.platforms.cisco_iosxr.options import mask_length
from auditor.platforms.common.acl import ANY4, ANY6
from auditor.syntax.tree import Node

_LPTS = "LPTS polices every flow to the processors by itself (syntax-ios-family B.8)"


class Allowed(msgspec.Struct, frozen=True):
    """One `allow P [peer]` of an interface."""

    interface: str
    protocol: str
    """In small letters; `all` for every protocol."""
    source: Source
    peers: tuple[tuple[str, Source], ...] = ()
    """Prefixes with their lines; empty where everybody may come."""


class Protection(msgspec.Struct, frozen=True):
    """Management plane protection: off where no interface is named."""

    allowed: tuple[Allowed, ...] = ()
    head: Source | None = None
    open_port: Source | None = None
    """A management Ethernet port that is up and that no statement names: it keeps accepting (syntax-ios-family B.4)."""

    def filters(self, protocol: str) -> tuple[Filter, ...]:
        """What the sources of a management protocol must pass.

        Nothing where the protection is off, or where an interface admits the protocol from everybody: then it limits
        where somebody may come in and not who (that is told by the interfaces of the control plane).
        """
        if self.head is None:
            return ()
        mine = [one for one in self.allowed if one.protocol in (protocol, "all")]
        admitted = [Admission(prefix, source) for one in mine for prefix, source in one.peers]
        unlimited = any(not one.peers for one in mine)
        whole = any(one.prefix in (ANY4, ANY6) for one in admitted)
        if unlimited or whole:
            return ()
        anybody: Setting[bool] = Known(False, (self.head,))
        if self.open_port is not None:
            reason = "a management Ethernet port that no statement names keeps accepting management traffic"
            anybody = Unknown(Code.DEFAULT, reason, (self.open_port,))
        return (Filter("management-plane", 0, self.head, any_source=anybody, admitted=tuple(admitted)),)


def protection(reader: Configuration, ports: Ports) -> Protection:
    """Read `control-plane` / `management-plane` / `{inband|out-of-band}` / `interface {I|all}` / `allow P [peer]` / `address ...`."""
    allowed: list[Allowed] = []
    head: Source | None = None
    for _, node in reader.take("control-plane"):
        for _, plane in reader.take("management-plane", node):
            for start in ("inband", "out-of-band"):
                for _, band in reader.take(start, plane):
                    for _, inner in reader.take("vrf", band):
                        reader.use(inner)
                    for words, interface in reader.take("interface", band):
                        head = head or reader.source(interface)
                        allowed += _interface(reader, " ".join(words), interface)
    named = {one.interface for one in allowed}
    free = next((node for name, node in ports.management if name not in named), None)
    covered = "all" in named or free is None
    return Protection(tuple(allowed), head, None if covered or free is None else reader.source(free))


def _interface(reader: Configuration, name: str, node: Node) -> list[Allowed]:
    found = []
    for words, inner in reader.take("allow", node):
        if not words:
            continue
        peers: list[tuple[str, Source]] = []
        for parts, leaf in reader.take("address", inner):
            prefix = _prefix(parts)
            if prefix:
                peers.append((prefix, reader.source(leaf)))
            else:
                reader.give_back(leaf)
        # `allow SSH peer` with nobody below it admits nobody, which the field "everybody" must not say.
        found.append(Allowed(name, words[0].lower(), reader.source(inner), _nobody(words, peers, reader.source(inner))))
    return found


def _nobody(words: list[str], peers: list[tuple[str, Source]], source: Source) -> tuple[tuple[str, Source], ...]:
    return tuple(peers) if peers or "peer" not in words else (("0.0.0.0/32", source),)


def _prefix(words: list[str]) -> str:
    match words:
        case ["ipv4" | "ipv6", prefix] if "/" in prefix:
            return prefix
        case ["ipv4", address, mask]:
            return f"{address}/{mask_length(mask)}"
        case ["ipv4", address]:
            return f"{address}/32"
        case ["ipv6", address]:
            return f"{address}/128"
        case _:
            return ""


def control_plane(reader: Configuration, shield: Protection, release: str) -> ControlPlane:
    """Read `lpts pifib hardware police` with `flow F rate N`, and the interfaces of management plane protection."""
    sources: list[Source] = []
    for start in ("lpts pifib hardware police", "lpts punt"):
        for _, node in reader.take(start):
            reader.use_block(node)
            sources += reader.block(node)
    default = TABLE.absent("lpts pifib hardware police", bool, release, Known(True))
    return ControlPlane(
        policed=Known(True, tuple(sources)) if sources else default,
        builtin=_LPTS,
        management=tuple(
            ManagementInterface(one.interface, (one.protocol,), one.source, tuple(prefix for prefix, _ in one.peers))
            for one in shield.allowed
        ),
        egress=Known(False),
        sources=tuple(sources),
    )
