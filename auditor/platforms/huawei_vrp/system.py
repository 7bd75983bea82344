"""Name, release, model, and the texts that people see."""

import re

from auditor.model.areas import Banner, System
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.huawei_vrp.config import Config

_VERSION = re.compile(r"VRP \(R\) software, Version (?P<vrp>[\d.]+) ?\((?P<model>\S+) (?P<release>[^)\s]+)\)")
_UPTIME = re.compile(r"\s*(?:HUAWEI|Huawei|Quidway) (?P<model>\S+)(?: Router| Switch| Routing Switch)? uptime is")
_RELEASE = re.compile(r"(?:!Software Version |\[)(?P<release>V\d{3}R\d{3}[A-Z0-9]*)")


def system(config: Config, model: Setting[str]) -> System:
    """Read `header {login|shell} [information] TEXT` and `header {login|shell} file F`."""
    banners = []
    for words, node in config.reader.take("header"):
        if not words or words[0] not in ("login", "shell"):
            config.reader.give_back(node)
            continue
        text = " ".join(words[2:] if words[1:2] in (["information"], ["file"]) else words[1:]).strip("\"'% ")
        lines = node.end > node.number
        banners.append(Banner(words[0], words[0] == "login", config.reader.source(node), empty=not text and not lines))
    return System(model=model, banners=tuple(banners))


def release(lines: list[str], document: str, header: tuple[int, ...]) -> Setting[str]:
    """The release in the head of the configuration: `!Software Version V...` or `[V...]`."""
    for index in header:
        match = _RELEASE.match(lines[index])
        if match:
            return Known(match["release"], (Source(document, index + 1, index + 1, lines[index].strip()),))
    return Unknown(Code.VERSION, "the configuration names no release")


def version(lines: list[str], document: str) -> tuple[Setting[str] | None, Setting[str] | None]:
    """Release and model in the output of `display version`."""
    found: Setting[str] | None = None
    model: Setting[str] | None = None
    for index, line in enumerate(lines[:400]):
        source = Source(document, index + 1, index + 1, line.strip())
        match = _VERSION.search(line)
        if match and found is None:
            found = Known(match["release"], (source,))
            model = model or Known(match["model"], (source,))
        uptime = _UPTIME.match(line)
        if uptime:
            model = Known(uptime["model"], (source,))
            break
    return found, model
