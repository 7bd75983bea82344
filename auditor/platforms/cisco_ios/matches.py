"""Ports as entries of access lists and groups of services write them (syntax-ios-family A.8)."""

from auditor.platforms.common.words import number


def ports(words: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """`eq P [P...]`, `range A B`, `gt P`, `lt P`, `neq P`; names stay names."""
    match words:
        case ["range", first, last, *rest]:
            return (f"{first}-{last}",), rest
        case ["gt", port, *rest]:
            low = number(port)
            return (f">{port}" if low is None else f"{low + 1}-65535",), rest
        case ["lt", port, *rest]:
            high = number(port)
            return (f"<{port}" if high is None else f"0-{high - 1}",), rest
        case ["neq", port, *rest]:
            return (f"!{port}",), rest
        case ["eq", *rest]:
            return _equal(rest)
    return (), words


_AFTER_PORTS = frozenset(
    (
        *("any", "any4", "any6", "host", "object-group", "log", "log-input", "established", "reflect", "time-range"),
        *("fragments", "dscp", "precedence", "tos", "ack", "syn", "fin", "rst", "psh", "urg", "match-any", "match-all"),
        *("ttl", "option", "flow-label", "routing", "sequence", "eq", "range", "gt", "lt", "neq"),
    )
)


def _equal(words: list[str]) -> tuple[tuple[str, ...], list[str]]:
    found: list[str] = []
    for position, word in enumerate(words):
        if word in _AFTER_PORTS or "." in word or ":" in word:
            return tuple(found), words[position:]
        found.append(_PORT_NAMES.get(word, word))
    return tuple(found), []


_PORT_NAMES = {
    "ssh": "22",
    "telnet": "23",
    "www": "80",
    "snmp": "161",
    "snmptrap": "162",
    "ntp": "123",
    "domain": "53",
    "tacacs": "49",
    "tftp": "69",
    "ftp": "21",
    "bgp": "179",
    "syslog": "514",
    "smtp": "25",
}
"""Names that IOS prints for well-known ports."""
