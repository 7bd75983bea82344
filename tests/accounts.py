"""The rules of docs/least-privilege.md, read from the page, and the vendors' documented ways of matching them.

Where it is not documented whether a rule permits longer commands too, `loose` takes it so: what has to be refused is asked
loosely, what has to be permitted strictly. NETCONF operations are written `<get-config>`. Sources are cited on the page.
"""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "least-privilege.md").read_text("utf-8")

Permits = Callable[[str], bool]


def section(heading: str) -> str:
    """What stands under the heading that begins so."""
    (found,) = [one for one in PAGE.split("\n## ")[1:] if one.startswith(heading)]
    return found


def blocks(heading: str) -> list[str]:
    """The code blocks there."""
    return re.findall(r"^```\w*\n(.*?)^```$", section(heading), re.MULTILINE | re.DOTALL)


def _rules(heading: str, pattern: str) -> list[str]:
    return [found for block in blocks(heading) for found in re.findall(pattern, block, re.MULTILINE)]


def _begins(text: str, rule: str) -> bool:
    words = rule.split()
    return text.split()[: len(words)] == words


def ios(*, loose: bool = False) -> Permits:
    """A command of the view, and the words on the way to it; loosely, one with a pipe too."""
    rules = _rules("Cisco IOS and", r"^ commands exec include (?!all )(.+)$")
    assert not _rules("Cisco IOS and", r"^ commands exec include (all .+)$")

    def permits(text: str) -> bool:
        asked = text.partition("|")[0].strip() if loose else text
        return any(_begins(rule, asked) for rule in rules) if asked else False

    return lambda text: _nacm(text) if text.startswith("<") else permits(text)


def _nacm(text: str) -> bool:
    """RFC 8341, 3.4.4: closing a session is always permitted, else the first rule that matches decides, else the default, permit."""
    operation = text.strip("<>")
    if operation == "close-session":
        return True
    (block,) = [one for one in blocks("Cisco IOS and") if one.startswith("<nacm")]
    tree = ElementTree.fromstring(re.sub(r' xmlns="[^"]+"', "", block))
    for rule in tree.iter("rule"):
        wanted = {"exec", "*"} & set(rule.findtext("access-operations", "*").split())
        if wanted and rule.findtext("rpc-name", "*") in ("*", operation):
            return rule.findtext("action") == "permit"
    return True


def iosxr(*, loose: bool = False) -> Permits:
    """A command needs an operation of a task: to show is `read`, and interception a task of its own (`li`)."""
    tasks = set(_rules("Cisco IOS XR", r"^ task (\w+ [\w-]+)$"))
    assert _rules("Cisco IOS XR", r"^ inherit ") == []

    def permits(text: str) -> bool:
        words = text.removeprefix("admin ").split()
        operation = "read" if words[0] in ("show", "dir", "terminal", "<get-config>", "<close-session>") else "write"
        task = (
            "li"
            if any(word == "li" or word.startswith("lawful") for word in words)
            else "monitor"
            if "monitor" in words
            else "basic-services"
        )
        return words[:2] != ["terminal", "monitor"] and f"{operation} {task}" in tasks

    return permits


def nxos(*, loose: bool = False) -> Permits:
    """The rule with the highest number that fits decides."""
    found = [
        (int(n), act, what)
        for n, act, what in re.findall(r"^  rule (\d+) (permit|deny) (.+)$", blocks("Cisco NX-OS")[0], re.M)
    ]

    def permits(text: str) -> bool:
        asked = text.partition("|")[0].strip() if loose else text
        for _, action, what in sorted(found, reverse=True):
            kind, _, rule = what.partition(" ")
            if kind == "read-write" or (_begins(asked, rule) if loose else asked == rule):
                return action == "permit"
        return False

    return permits


def eos(*, loose: bool = False) -> Permits:
    """The rule with the lowest number that fits decides; a pattern begins at the start of the command."""
    found = [
        re.findall(r"^ +(\d+) (permit|deny) mode exec command (.+)$", block, re.M) for block in blocks("Arista EOS")
    ]
    rules = sorted((int(n), act, re.compile(what)) for block in found for n, act, what in block)
    return lambda text: next((act == "permit" for _, act, rule in rules if rule.match(text)), False)


def junos(*, loose: bool = False) -> Permits:
    """`allow-commands` adds to the bits, which permit NETCONF to read (`view-configuration`); case does not count."""
    (expression,) = _rules("Juniper Junos", r'allow-commands "(.+)"$')
    (bits,) = _rules("Juniper Junos", r"permissions \[ (.+) \]$")
    assert set(bits.split()) == {"view-configuration", "secret"}
    rule = re.compile(expression, re.IGNORECASE)
    return lambda text: text in ("<get-config>", "<close-session>") or rule.search(text) is not None


def _sros(entries: Iterable[tuple[str, str, str]], operations: Iterable[str]) -> Permits:
    """The first entry whose words begin the command decides; what is `read-only` is entered, and not changed."""
    rules = sorted((int(number), match, action) for number, match, action in entries)

    def permits(text: str) -> bool:
        if text.startswith("<"):
            return text.strip("<>") in operations
        plain = text.lstrip("/")
        return next((action == "permit" for _, match, action in rules if _begins(plain, match)), False)

    return permits


def sros_md(*, loose: bool = False) -> Permits:
    """Two lines for each entry."""
    block = blocks("Nokia SR OS")[0]
    assert "default-action deny-all" in block
    matches = dict(re.findall(r'entry (\d+) match "(.+)"$', block, re.M))
    actions = dict(re.findall(r"entry (\d+) action ([\w-]+)$", block, re.M))
    operations = re.findall(r"base-op-authorization ([\w-]+) true$", block, re.M)
    return _sros([(number, match, actions[number]) for number, match in matches.items()], operations)


def sros_classic(*, loose: bool = False) -> Permits:
    """One line for each entry."""
    block = blocks("Nokia SR OS")[1]
    assert "default-action deny-all" in block
    return _sros(re.findall(r'entry (\d+) match "(.+)" action (\w+)$', block, re.M), ())


def srlinux(*, loose: bool = False) -> Permits:
    """Expressions that begin at the start of the line; without a deny list all else is denied."""
    lines = [line for block in blocks("Nokia SR Linux") for line in block.splitlines()]
    lists = [line for line in lines if "allow-command-list" in line or line.startswith('"')]
    rules = [re.compile(one) for line in lists for one in re.findall(r'"([^"]+)"', line)]
    return lambda text: any(rule.match(text) for rule in rules)


def vrp8(*, loose: bool = False) -> Permits:
    """A rule permits a command, or the commands that begin with it; no task is left in the group."""
    block = blocks("Huawei VRP")[0]
    rules = re.findall(r'rule command \w+ permit view shell expression "(.+)"$', block, re.M)
    assert {f"undo task {one}" for one in ("interface-mgr", "config", "vlan", "shell", "cli")} <= set(
        map(str.strip, block.splitlines())
    )
    assert re.findall(r"^  task ", block, re.M) == []
    return lambda text: any(_begins(text, rule) if loose else text == rule for rule in rules)


def vrp5(*, loose: bool = False) -> Permits:
    """Commands of level 0, the account's own: those that were brought down to it, and the vendor's."""
    block = blocks("Huawei VRP")[1]
    assert "local-user audit privilege level 0" in block
    lowered = re.findall(r"^command-privilege level 0 view shell (.+)$", block, re.M)
    return lambda text: any(_begins(text, rule) for rule in (*lowered, "ping", "tracert", "telnet", "stelnet"))


_ROUTEROS = {"print": "read", "export": "read", "ping": "test", "sniffer": "sniff", "reboot": "reboot", "fetch": "ftp"}


def routeros(*, loose: bool = False) -> Permits:
    """A command needs a policy: what shows needs `read`, what changes `write`, and some one of their own."""
    (policy,) = _rules("MikroTik RouterOS", r"policy=(\S+)$")
    granted = {one for one in policy.split(",") if not one.startswith("!")}
    assert granted == {"ssh", "read"}

    def permits(text: str) -> bool:
        words = re.split(r"[\s/]+", text.strip("/"))
        shows = {"print", "export"} & set(words)
        needed = (
            {"read"} if shows else {_ROUTEROS.get(word, "write") for word in words if word in _ROUTEROS} or {"write"}
        )
        return needed <= granted and "file=" not in text

    return permits


class Account(NamedTuple):
    """An account of the page: the platform it is for, and how its rules are matched."""

    platform: str
    rules: Callable[..., Permits]


ACCOUNTS = {
    "cisco_ios": Account("cisco_ios", ios),
    "cisco_iosxe": Account("cisco_iosxe", ios),
    "cisco_iosxr": Account("cisco_iosxr", iosxr),
    "cisco_nxos": Account("cisco_nxos", nxos),
    "arista_eos": Account("arista_eos", eos),
    "juniper_junos": Account("juniper_junos", junos),
    "nokia_sros_md": Account("nokia_sros", sros_md),
    "nokia_sros_classic": Account("nokia_sros", sros_classic),
    "nokia_srlinux": Account("nokia_srlinux", srlinux),
    "huawei_vrp": Account("huawei_vrp", vrp8),
    "huawei_vrp5": Account("huawei_vrp", vrp5),
    "mikrotik_routeros": Account("mikrotik_routeros", routeros),
}
