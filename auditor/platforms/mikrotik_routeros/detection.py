"""What an export of RouterOS looks like."""

import re

from auditor.model.platform import Platform
from auditor.platforms.common.definition import Detection

_FIRST = 3000
_HEADER = re.compile(r"\s*(?:\d+[|:]?\s+)?#.*\bby RouterOS \d")
_TELLS = re.compile(r"\s*(?:\d+[|:]?\s+)?#\s*(?:software id\s*=|system id\s*=|platform:\s*MikroTik|installed-version:)")
_PROMPT = re.compile(r"\s*\[[^\]\s]+@[^\]]+\] [/\w ]*> ?")
_MENU = re.compile(
    r"\s*(?:\d+[|:]?\s+)?/(?:interface|ip|ipv6|routing|system|tool|user|snmp|ppp|queue|mpls|certificate|port|radius|disk|caps-man"
    r"|container|file|iot|user-manager|zerotier|log|console)\b(?:[ /][a-z0-9-]+)*(?: (?:add|set|remove)\b.*)?\s*\\?$"
)
_COMMAND = re.compile(r"\s*(?:\d+[|:]?\s+)?(?:/[a-z0-9 /-]+ )?(?:add|set)\s(?:\[ ?find\b|(?:\S+ )?[a-z][\w.-]*=)")


def detect(lines: list[str]) -> Detection | None:
    """By the header that the system writes, the lines that collectors put before it, or menus followed by commands."""
    head = [line for line in lines[:_FIRST] if line.strip()]
    header = next((line.strip() for line in head if _HEADER.match(line)), "")
    menus = commands = 0
    inside = False
    for line in head:
        if _MENU.match(line):
            menus += 1
            inside = True
            commands += bool(_COMMAND.match(line))
        elif inside and _COMMAND.match(line):
            commands += 1
    if header and menus:
        return Detection(Platform.MIKROTIK_ROUTEROS, 99, f"header: {header[:60]}")
    if menus and commands and any(_TELLS.match(line) or _PROMPT.match(line) for line in head):
        return Detection(Platform.MIKROTIK_ROUTEROS, 95, "header of RouterOS and menus with commands")
    if menus and commands:
        return Detection(
            Platform.MIKROTIK_ROUTEROS, min(92, 60 + 8 * (menus + commands)), f"{menus} menus with commands"
        )
    return Detection(Platform.MIKROTIK_ROUTEROS, 85, f"header: {header[:60]}") if header else None


def hosts(lines: list[str]) -> list[tuple[int, str]]:
    """`/system identity set name=N`, scoped or on one line."""
    found = []
    inside = False
    for index, line in enumerate(lines):
        bare = line.strip()
        if bare.startswith("/"):
            inside = bare.startswith(("/system identity", "/system/identity"))
        if inside and (match := _NAME.search(bare)):
            found.append((index, match[1].strip('"')))
    return found


_NAME = re.compile(r"\bset name=(\"[^\"]+\"|\S+)")
