"""Groups of addresses and ports that access lists refer to, and the ports that NX-OS names by word."""

import ipaddress
import re
from functools import lru_cache

from auditor.platforms.cisco_nxos.numbers import number
from auditor.platforms.common.acl import ANY4, ANY6, from_wildcard
from auditor.platforms.common.reader import Reader

PORTS = {
    "bgp": "179",
    "biff": "512",
    "bootpc": "68",
    "bootps": "67",
    "chargen": "19",
    "cmd": "514",
    "daytime": "13",
    "discard": "9",
    "dnsix": "195",
    "domain": "53",
    "drip": "3949",
    "echo": "7",
    "exec": "512",
    "finger": "79",
    "ftp": "21",
    "ftp-data": "20",
    "gopher": "70",
    "hostname": "101",
    "ident": "113",
    "irc": "194",
    "isakmp": "500",
    "klogin": "543",
    "kshell": "544",
    "login": "513",
    "lpd": "515",
    "mobile-ip": "434",
    "nameserver": "42",
    "netbios-dgm": "138",
    "netbios-ns": "137",
    "netbios-ss": "139",
    "nntp": "119",
    "non500-isakmp": "4500",
    "ntp": "123",
    "pim-auto-rp": "496",
    "pop2": "109",
    "pop3": "110",
    "rip": "520",
    "smtp": "25",
    "snmp": "161",
    "snmptrap": "162",
    "sunrpc": "111",
    "syslog": "514",
    "tacacs": "49",
    "tacacs-ds": "49",
    "talk": "517",
    "telnet": "23",
    "tftp": "69",
    "time": "37",
    "uucp": "540",
    "who": "513",
    "whois": "43",
    "www": "80",
    "xdmcp": "177",
}
_PREFIX = re.compile(r"(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})/(0|[1-9]\d?)$")
_DOTTED = re.compile(r"\d+\.\d+\.\d+\.\d+$")
_LAST_PORT = 65535


class Groups:
    """The members of `object-group {ip|ipv6} address G` and `object-group ip port G`."""

    def __init__(self, reader: Reader) -> None:
        self.addresses: dict[str, tuple[str, ...]] = {}
        self.ports: dict[str, tuple[str, ...]] = {}
        for words, node in reader.take("object-group"):
            if len(words) < 3 or words[1] not in ("address", "port"):
                reader.give_back(node)
                continue
            members: list[str] = []
            for inner in node.children:
                parts = inner.words[1:] if inner.words[0].isdigit() else inner.words
                found, rest = (
                    ports(parts, self) if words[1] == "port" else address(parts, 6 if words[0] == "ipv6" else 4)
                )
                if found and not rest:
                    reader.use(inner)
                    members += found
            target = self.ports if words[1] == "port" else self.addresses
            target[words[2]] = (*target.get(words[2], ()), *members)


def address(words: list[str], family: int, groups: Groups | None = None) -> tuple[tuple[str, ...], list[str]]:
    """(prefixes, what follows) of `any`, `host A`, `A/N`, `A WILDCARD` and `addrgroup G`; no prefix where unknown."""
    match words:
        case ["any", *rest]:
            return (ANY6 if family == 6 else ANY4,), rest
        case ["host", host, *rest]:
            return (f"{host}/{128 if ':' in host else 32}",), rest
        case ["addrgroup", name, *rest]:
            return groups.addresses.get(name, ()) if groups else (), rest
        case [base, wildcard, *rest] if _DOTTED.match(base) and _DOTTED.match(wildcard):
            return (from_wildcard(base, wildcard),), rest
        case [prefix, *rest] if "/" in prefix:
            return (_prefix(prefix),), rest
        case _:
            return (), words


@lru_cache(maxsize=65536)
def _prefix(text: str) -> str:
    """The network that a prefix stands in."""
    match = _PREFIX.match(text)
    if match is not None:
        one, two, three, four, length = map(int, match.groups())
        low = (1 << 32 - length) - 1 if length <= 32 else -1
        if max(one, two, three, four) < 256 and not (one << 24 | two << 16 | three << 8 | four) & low:
            return text
    try:
        return str(ipaddress.ip_network(text, strict=False))
    except ValueError:
        return text


def ports(words: list[str], groups: Groups | None = None) -> tuple[tuple[str, ...], list[str]]:
    """(ports, what follows) of `eq P`, `neq P`, `gt P`, `lt P`, `range P Q`, `portgroup G`; none where none stands."""
    match words:
        case ["eq", one, *rest]:
            return (_port(one),), rest
        case ["neq", one, *rest]:
            return (f"!{_port(one)}",), rest
        case ["gt" | "lt" as side, one, *rest]:
            value = number(_port(one))
            if value is None:
                return (), words
            return (f"{value + 1}-{_LAST_PORT}" if side == "gt" else f"0-{value - 1}",), rest
        case ["range", low, high, *rest]:
            return (f"{_port(low)}-{_port(high)}",), rest
        case ["portgroup", name, *rest]:
            return (groups.ports.get(name, ()) if groups else ()) or (f"portgroup {name}",), rest
        case _:
            return (), words


def _port(word: str) -> str:
    return PORTS.get(word, word)


def covers(port: str, text: str) -> bool:
    """Whether the written port, range or `!port` contains the port."""
    if text.startswith("!"):
        return text[1:] != port
    low, value, high = (number(part) for part in (text.partition("-")[0], port, text.partition("-")[2]))
    if low is not None and value is not None and high is not None:
        return low <= value <= high
    return text == port
