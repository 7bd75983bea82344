"""Facts: everything that was understood of one device."""

import datetime
from collections.abc import Iterator
from typing import TypeVar

import msgspec

from auditor.model.areas import (
    Aaa,
    Access,
    Accounts,
    Acls,
    Area,
    Boot,
    Containers,
    ControlPlane,
    Crypto,
    Dialouts,
    Discovery,
    Exporters,
    Intercept,
    Interfaces,
    Logging,
    Mirrors,
    Names,
    Nat,
    Probes,
    Pseudowires,
    Redirection,
    Routes,
    Routing,
    Scripts,
    Services,
    Snmp,
    State,
    System,
    Telecom,
    Time,
    Transfers,
    Tunnels,
)
from auditor.model.copies import Copies
from auditor.model.declarations import DeviceDeclarations
from auditor.model.device import Device
from auditor.model.evidence import Code, Known, NotKnownError, Setting, Source, UndeclaredAreaError, Unknown
from auditor.model.indicators import Indicators
from auditor.model.published import Published
from auditor.model.secret import Secret

A = TypeVar("A")


class DocumentCoverage(msgspec.Struct, frozen=True):
    """How much of a document was read. Lines without content count as irrelevant."""

    name: str
    sha256: str
    lines: int
    understood: int
    irrelevant: int
    unread: tuple[Source, ...] = ()
    marks: bytes = b""
    """One byte a line: 0 unread, 1 understood, 2 irrelevant. Empty where the reader keeps no account by line."""


class Facts(msgspec.Struct, frozen=True):
    """The areas that a reader filled. Reading one that it left out raises NotKnownError."""

    device: Device
    platform: str
    areas: dict[Area, object]
    hostname: str = ""
    os_version: Setting[str] = Unknown(Code.VERSION, "the documents name no version")
    complete: Setting[bool] = Unknown(Code.CUT, "no running configuration was collected")
    """Known(True) when the end of the running configuration was seen; Unknown with the reason otherwise."""
    missing: dict[Area, Unknown] = {}
    """Why an area is left out."""
    parts: dict[Area, dict[str, tuple[str, ...]]] = {}
    """Areas that were read in part (another channel of the configuration): the lists, and what was read of their things."""
    unread: dict[Area, tuple[Source, ...]] = {}
    """Lines that belong to an area and were not understood."""
    coverage: tuple[DocumentCoverage, ...] = ()
    declared: DeviceDeclarations = DeviceDeclarations()
    indicators: Indicators = Indicators()
    published: Published = Published()
    """What the operator imported of vulnerabilities (`auditor data import`)."""
    collected: dict[str, str] = {}
    """Document -> the way in which it was read ("telnet command line", "netconf", ...; "files" for a file)."""
    copies: Copies = Copies()
    """Other copies of the configuration, compared with the running one."""
    judged_on: datetime.date | None = None
    """The day on which the run started (UTC): the only clock of checks."""
    readable: frozenset[Area] | None = None
    """The areas the reader of these facts may touch; None for all."""

    def area(self, name: Area, kind: type[A]) -> A:
        """The facts of one area."""
        if self.readable is not None and name not in self.readable:
            raise UndeclaredAreaError(f"area '{name}' is read but not declared in needs")
        found = self.areas.get(name)
        if isinstance(found, kind):
            return found
        gap = self.missing.get(name) or Unknown(Code.CUT, f"{name}: not read on {self.platform}")
        raise NotKnownError(gap.code, gap.reason)

    @property
    def today(self) -> datetime.date:
        """The day with which ends of support and of validity are compared; raise NotKnownError where nobody gave one."""
        if self.judged_on is None:
            raise NotKnownError(Code.STATE, "the day of the audit was not given")
        return self.judged_on

    def texts(self) -> Iterator[tuple[str, Source]]:
        """Every text of every area that was filled, with the line it stands at: names, addresses, hashes."""
        for name, filled in sorted(self.areas.items()):
            if self.readable is not None and name not in self.readable:
                raise UndeclaredAreaError(f"area '{name}' is read but not declared in needs")
            yield from _texts(filled)

    def absence(self, name: Area) -> None:
        """Return only if "the configuration has none" can be relied on in this area; raise NotKnownError otherwise."""
        self.complete.need()
        lost = self.unread.get(name)
        if lost:
            raise NotKnownError(
                Code.CUT, f"{name}: {len(lost)} line(s) not understood, first {lost[0].document}:{lost[0].line}"
            )

    def restricted(self, needs: frozenset[Area]) -> "Facts":
        """The same facts for a check that declared what it reads."""
        return msgspec.structs.replace(self, readable=needs)

    @property
    def system(self) -> System:
        """Identity beyond name and version."""
        return self.area(Area.SYSTEM, System)

    @property
    def accounts(self) -> Accounts:
        """Local users, passwords, keys and roles."""
        return self.area(Area.ACCOUNTS, Accounts)

    @property
    def aaa(self) -> Aaa:
        """Authentication, authorization and accounting."""
        return self.area(Area.AAA, Aaa)

    @property
    def access(self) -> Access:
        """Ways in to the command line."""
        return self.area(Area.ACCESS, Access)

    @property
    def services(self) -> Services:
        """Services that answer on the network."""
        return self.area(Area.SERVICES, Services)

    @property
    def snmp(self) -> Snmp:
        """The SNMP agent."""
        return self.area(Area.SNMP, Snmp)

    @property
    def acls(self) -> Acls:
        """Access lists and where they are bound."""
        return self.area(Area.ACLS, Acls)

    @property
    def mirrors(self) -> Mirrors:
        """Mirror sessions and captures."""
        return self.area(Area.MIRRORS, Mirrors)

    @property
    def exporters(self) -> Exporters:
        """Flow export."""
        return self.area(Area.EXPORTERS, Exporters)

    @property
    def tunnels(self) -> Tunnels:
        """Tunnels."""
        return self.area(Area.TUNNELS, Tunnels)

    @property
    def crypto(self) -> Crypto:
        """IKE and IPsec."""
        return self.area(Area.CRYPTO, Crypto)

    @property
    def pseudowires(self) -> Pseudowires:
        """Layer-2 circuits."""
        return self.area(Area.PSEUDOWIRES, Pseudowires)

    @property
    def routes(self) -> Routes:
        """Static routes."""
        return self.area(Area.ROUTES, Routes)

    @property
    def redirection(self) -> Redirection:
        """Policy redirection."""
        return self.area(Area.REDIRECTION, Redirection)

    @property
    def nat(self) -> Nat:
        """Address translation."""
        return self.area(Area.NAT, Nat)

    @property
    def logging(self) -> Logging:
        """Logs."""
        return self.area(Area.LOGGING, Logging)

    @property
    def time(self) -> Time:
        """Time sources."""
        return self.area(Area.TIME, Time)

    @property
    def scripts(self) -> Scripts:
        """Code on the device."""
        return self.area(Area.SCRIPTS, Scripts)

    @property
    def containers(self) -> Containers:
        """Hosting of foreign code."""
        return self.area(Area.CONTAINERS, Containers)

    @property
    def boot(self) -> Boot:
        """Boot and integrity."""
        return self.area(Area.BOOT, Boot)

    @property
    def transfers(self) -> Transfers:
        """File transfers."""
        return self.area(Area.TRANSFERS, Transfers)

    @property
    def dialout(self) -> Dialouts:
        """Connections that the device opens by itself."""
        return self.area(Area.DIALOUT, Dialouts)

    @property
    def names(self) -> Names:
        """Name resolution."""
        return self.area(Area.NAMES, Names)

    @property
    def interfaces(self) -> Interfaces:
        """Interfaces."""
        return self.area(Area.INTERFACES, Interfaces)

    @property
    def discovery(self) -> Discovery:
        """Discovery protocols."""
        return self.area(Area.DISCOVERY, Discovery)

    @property
    def routing(self) -> Routing:
        """Routing protocols."""
        return self.area(Area.ROUTING, Routing)

    @property
    def control_plane(self) -> ControlPlane:
        """Policing and filtering of traffic to the device itself."""
        return self.area(Area.CONTROL_PLANE, ControlPlane)

    @property
    def intercept(self) -> Intercept:
        """Intercept capability."""
        return self.area(Area.INTERCEPT, Intercept)

    @property
    def telecom(self) -> Telecom:
        """Bindings of the mobile and signalling core."""
        return self.area(Area.TELECOM, Telecom)

    @property
    def state(self) -> State:
        """Live state."""
        return self.area(Area.STATE, State)

    @property
    def probes(self) -> Probes:
        """What was seen from outside."""
        return self.area(Area.PROBES, Probes)


def _texts(filled: object) -> Iterator[tuple[str, Source]]:
    """The texts of a struct and of all that it holds, each with the line of the struct that holds it, or its first.

    A struct without a line of its own has those of what is around it.
    """
    stack: list[tuple[object, tuple[Source, ...]]] = [(filled, ())]
    while stack:
        value, around = stack.pop()
        if isinstance(value, str):
            if around and value:
                yield value, next((line for line in around if value in line.text), around[0])
        elif isinstance(value, tuple):
            stack.extend((one, around) for one in reversed(value))
        elif isinstance(value, Known):
            stack.append((value.value, value.sources or around))
        elif isinstance(value, msgspec.Struct) and not isinstance(value, Source | Secret | Unknown):
            fields = [getattr(value, name) for name in value.__struct_fields__]
            own = tuple(one for one in fields if isinstance(one, Source))
            own += tuple(
                line for one in fields if isinstance(one, tuple) and one and isinstance(one[0], Source) for line in one
            )
            stack.extend((one, own or around) for one in reversed(fields) if not isinstance(one, Source))
