"""Remote logging (syntax-ios-family A.9)."""

import re

from auditor.model.areas import Logging, LogHost
from auditor.model.evidence import Known
from auditor.platforms.common.reader import Reader

_OLD_FORM = re.compile(r"logging (?:\d+\.\d+\.\d+\.\d+|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+|[\w-]+(?:\.[\w-]+)+)(?:\s|$)")
"""An address, or a name with a dot, where other statements have a key word."""


def logging(reader: Reader) -> Logging:
    """Read `logging host A ...`, the old `logging A`, and the master switch."""
    hosts = []
    for words, node in reader.take("logging host"):
        words = words[1:] if words[:1] == ["ipv6"] else words
        if words:
            hosts.append(
                LogHost(
                    address=words[0],
                    source=reader.source(node),
                    transport=_after(words, "transport") or "udp",
                    vrf=_after(words, "vrf"),
                )
            )
    for node in reader.find("logging"):
        if _OLD_FORM.match(node.text):
            reader.use(node)
            hosts.append(LogHost(node.words[1], reader.source(node), transport="udp"))
    switch = reader.last("logging on")
    end = list(reader.find("end"))
    return Logging(
        hosts=tuple(hosts),
        enabled=Known(switch is None or switch.text != "no logging on", (reader.source(switch),) if switch else ()),
        vantage=reader.source(end[-1]) if end else None,
    )


def _after(words: list[str], word: str) -> str:
    position = words.index(word) if word in words[:-1] else -1
    return words[position + 1] if position >= 0 else ""
