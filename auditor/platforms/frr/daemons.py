"""Which daemons run and where their command lines listen: /etc/frr/daemons (syntax-ios-family E.4)."""

import ipaddress
import re

import msgspec

from auditor.model.evidence import Source
from auditor.platforms.common.reader import Reader
from auditor.platforms.frr.defaults import ALWAYS, MGMTD_SINCE, VTY_PORTS
from auditor.platforms.frr.documents import vantage
from auditor.syntax.tree import Node

_GLOBAL = "frr_global_options"


class Daemon(msgspec.Struct, frozen=True):
    """A daemon that is started, and the listener of its command line. Port 0 is none."""

    name: str
    source: Source
    addresses: tuple[str, ...]
    """What `-A` names; empty for every address."""
    port: int
    modules: tuple[str, ...] = ()
    logs: bool = False
    """`--log` says where messages go, whatever frr.conf says."""

    @property
    def reachable(self) -> bool:
        """Whether the listener can be reached from the network."""
        return self.port != 0 and (not self.addresses or not all(map(_loopback, self.addresses)))

    @property
    def families(self) -> tuple[int, ...]:
        """Address families of the listener; a host name may stand for both."""
        found = {family for address in self.addresses for family in _families(address)}
        return tuple(sorted(found)) if self.addresses else (4, 6)


def daemons(reader: Reader, version: str) -> tuple[Daemon, ...]:
    """Read `NAME=yes`, `NAME_options="..."` and `frr_global_options`; a later assignment replaces an earlier one.

    `-A` on a daemon that is off opens nothing. mgmtd is started from FRR 9.0 on, or where the file speaks of it.
    """
    everywhere = _last(reader, _GLOBAL)
    return tuple(_daemon(reader, name, everywhere) for name in VTY_PORTS if _enabled(reader, name, version))


def _enabled(reader: Reader, name: str, version: str) -> bool:
    switch = _last(reader, name)
    if name in ALWAYS:
        return True
    if name == "mgmtd":
        release = re.match(r"\d+", version)
        return _last(reader, "mgmtd_options") is not None or (release is not None and int(release[0]) >= MGMTD_SINCE)
    return switch is not None and switch.words[1:] not in ([], ["no"], ["0"])


def _daemon(reader: Reader, name: str, everywhere: Node | None) -> Daemon:
    own = _last(reader, f"{name}_options")
    words = [word for node in (everywhere, own) if node is not None for word in node.words[1:]]
    values = _options(words)
    port = values["P"][-1] if values["P"] else str(VTY_PORTS[name])
    decisive = own or (everywhere if values["A"] else None) or _last(reader, name)
    return Daemon(
        name=name,
        source=vantage(reader, decisive),
        addresses=tuple(values["A"]),
        port=int(port) if port.isdigit() else VTY_PORTS[name],
        modules=tuple(values["M"]),
        logs=any(word.split("=")[0] == "--log" for word in words),
    )


def _options(words: list[str]) -> dict[str, list[str]]:
    """Values of -A, -P and -M in all spellings of getopt_long."""
    found: dict[str, list[str]] = {"A": [], "P": [], "M": []}
    long = {"--vty_addr": "A", "--vty_port": "P", "--module": "M"}
    rest = iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        if name in long:
            found[long[name]].append(value if equals else next(rest, ""))
        elif word in ("-A", "-P", "-M"):
            found[word[1]].append(next(rest, ""))
        elif word[:2] in ("-A", "-P", "-M"):
            found[word[1]].append(word[2:])
    return found


def _last(reader: Reader, name: str) -> Node | None:
    nodes = list(reader.find(name))
    reader.use(*nodes)
    return nodes[-1] if nodes else None


def _loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def _families(address: str) -> tuple[int, ...]:
    try:
        return (ipaddress.ip_address(address).version,)
    except ValueError:
        return (4, 6)
