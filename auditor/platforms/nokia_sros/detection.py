"""Tells SR OS from the other systems that are configured in braces, by indentation or in XML."""

import re

from auditor.model.platform import Platform
from auditor.platforms.common.definition import Detection
from auditor.platforms.nokia_sros.text import RELEASE, TIMOS, unnumbered

_RANCID = re.compile(r"#\s?RANCID-CONTENT-TYPE: (?:sros|alcatel|nokia|timos)")
_FLAT = re.compile(
    r"\s*/ ?configure\s+(?:aaa|card|cflowd|chassis|filter|groups|ipsec|lag|log|mirror|policy-options|port|python|qos|router|service"
    r"|sfm|subscriber-mgmt|system|\{)"
)
_BLOCK = re.compile(
    r'(?:configure \{|persistent-indices \{|router "[^"]*" \{|service \{|\s+(?:vprn|vpls|epipe|ies) "[^"]*" \{|log-id "?\d+"? \{'
    r"|card \d+ \{|port \d/\S+ \{|\s+(?:local-user|user-params|management-interface|local-profiles|static-routes) \{"
    r'|\s+admin-state (?:enable|disable)|\s+profile "(?:administrative|default)" \{|policy-statement "[^"]*" \{)'
)
_CLASSIC = re.compile(
    r'(?:exit all|configure|echo "[A-Z][\w /()-]* Configuration"|\s{4,}(?:system|router(?: Base)?|service|log|filter|qos|cflowd|mirror)'
    r"|\s{4,}(?:no shutdown|vprn \d+ .*create|(?:vpls|epipe|ies) \d+ .*create|sap \S+ create|log-id \d+|static-route-entry \S+"
    r"|mirror-dest \d+ .*create|card \d+|port \d/\S+))\s*$"
)
_DECISIVE_CLASSIC = re.compile(
    r'(?:exit all|echo "[A-Z][\w /()-]* Configuration"|\s{4,}(?:vprn \d+ .*create|(?:vpls|epipe|ies) \d+ .*create'
    r"|static-route-entry \S+|mirror-dest \d+ .*create))\s*$"
)
_XML = re.compile(r"urn:nokia\.com:sros:ns:yang:sr:|alu-conf-|urn:alcatel-lucent\.com:sros:")
_OTHERS = re.compile(
    r"#\s?RANCID-CONTENT-TYPE: (?:juniper|cisco|arista|huawei)|set / |## Last (?:commit|changed)|frr version|hostname \S|!"
)
_FIRST = 5000


def detect(lines: list[str]) -> Detection | None:
    """SR OS by its header, by the name space of its models, or by statements in its words."""
    heads = [line.rstrip() for line in _bare(lines[:_FIRST]) if line.strip()]
    for line in heads[:60]:
        if TIMOS.match(line.strip()) or line.lstrip("# ").startswith("TiMOS-"):
            return Detection(Platform.NOKIA_SROS, 98, f"header: {line.strip()[:60]}")
        if _RANCID.match(line) or RELEASE.match(line):
            return Detection(Platform.NOKIA_SROS, 95, f"header: {line.strip()[:60]}")
        if _XML.search(line[:4000]):
            return Detection(Platform.NOKIA_SROS, 97, "the name space of SR OS's models")
    flat = sum(1 for line in heads if _FLAT.match(line))
    if flat:
        return Detection(Platform.NOKIA_SROS, min(95, 80 + 5 * flat), f"{flat} statements begin with '/configure'")
    if any(_OTHERS.match(line) for line in heads) or any(line.endswith(";") for line in heads):
        return None
    return _by_words(heads)


def _bare(lines: list[str]) -> list[str]:
    """The lines without numbers in front, where a viewer put some there."""
    if not any(line.lstrip()[:1].isdigit() for line in lines[:3]):
        return lines
    return unnumbered("\n".join(lines).encode("utf-8", "replace")).decode().split("\n")


def _by_words(heads: list[str]) -> Detection | None:
    blocks = {line.split(' "')[0].strip() for line in heads if _BLOCK.match(line)}
    if "configure {" in blocks:
        return Detection(Platform.NOKIA_SROS, min(96, 82 + 2 * len(blocks)), "a block 'configure' in MD-CLI's words")
    if len(blocks) >= 2:
        return Detection(
            Platform.NOKIA_SROS, min(93, 60 + 8 * len(blocks)), f"{len(blocks)} kinds of MD-CLI statements"
        )
    classic = {line.split(' "')[0].strip() for line in heads if _CLASSIC.match(line)}
    sure = any(_DECISIVE_CLASSIC.match(line) for line in heads)
    exits = sum(1 for line in heads if line.strip() == "exit")
    if sure or (len(classic) >= 3 and exits >= 2 and any(line.startswith("        ") for line in heads)):
        return Detection(
            Platform.NOKIA_SROS, min(96, (78 if sure else 50) + 3 * len(classic)), "statements of the classic form"
        )
    return None


def host_lines(lines: list[str]) -> list[tuple[int, str]]:
    """(index, name) of every statement that names the host: `system name` in every form."""
    found = []
    inside = False
    for index, line in enumerate(lines):
        text = line.strip()
        if text in ("system", "system {", "<system>"):
            inside = True
        elif inside and (match := _NAME.match(text)):
            found.append((index, match["name"] or match["xml"]))
            inside = False
        elif inside and text.startswith(("exit", "}", "</system>")):
            inside = False
        elif text.startswith("/") and (match := _FLAT_NAME.match(text)):
            found.append((index, match[1]))
    return found


_NAME = re.compile(r'(?:name "?(?P<name>[^"\s{}]+)"?$|<name>(?P<xml>[^<]+)</name>)')
_FLAT_NAME = re.compile(r'/ ?configure\s+system\s+name\s+"?([^"\s]+)"?\s*$')
