"""Code on the device: Embedded Event Manager and hosted applications (syntax-ios-family A.10)."""

import re

from auditor.model.areas import ContainerApp, Containers, EventPolicy, Scripts, ScriptTrait
from auditor.model.evidence import Known, Setting
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

# Bodies are typed, not printed: commands may be abbreviated ("conf t", "no log", "clear log").
_TRAITS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"cli command \"?no log(g|gi|gin|ging)?\b|cli command \"?logg\w* .{0,300}(drops|emergenc)"),
        "switches logging off",
    ),
    (re.compile(r"cli command \"?(clear? (log|archive)|delete .{0,300}log)"), "clears logs"),
    (re.compile(r"cli command \"?(no )?user\w*\b"), "changes accounts"),
    (
        re.compile(r"cli command \"?((no )?(ip |ipv6 )?access-l\w*|(no )?(ipv6 )?access-c\w*|.{0,300}ip access-g)"),
        "changes access lists",
    ),
    (
        re.compile(
            r"cli command .{0,300}\b(copy|redirect|append|tee|archive|tar)\b.{0,300}\b(tftp|ftp|sftp|scp|https?|rcp):"
        ),
        "copies to a remote host",
    ),
    (re.compile(r"cli command \"?mon\w* (cap|sess)"), "captures traffic"),
    (re.compile(r"cli command \"?(guestshell|app-hosting|run bash|tclsh)"), "runs foreign code"),
    (re.compile(r"file delete|cli command \"delete (/force )?.{0,300}flash"), "deletes files"),
)
_HIDING_TRIGGER = re.compile(r"event (?:tag \S+ )?cli pattern .*\bskip yes")


def scripts(reader: Reader) -> Scripts:
    """Read `event manager applet N`, `event manager policy F` and what an applet's body does."""
    found = [
        EventPolicy(
            name=words[0],
            kind="EEM applet",
            sources=reader.block(node),
            trigger=_trigger(node),
            trigger_sources=tuple(reader.source(inner) for inner in node.children if inner.text.startswith("event ")),
            traits=tuple(_traits(reader, node, words)),
        )
        for words, node in reader.take("event manager applet")
        if words
    ]
    for node in reader.find("event manager applet"):
        reader.use_block(node)
    found += [
        EventPolicy(name=words[0], kind="EEM policy file", sources=(reader.source(node),))
        for words, node in reader.take("event manager policy")
        if words
    ]
    return Scripts(tuple(found))


def _trigger(node: Node) -> str:
    return "; ".join(inner.text for inner in node.children if inner.text.startswith("event "))


def _traits(reader: Reader, node: Node, words: list[str]) -> list[ScriptTrait]:
    found = []
    if words[1:3] == ["authorization", "bypass"]:
        found.append(ScriptTrait("runs without command authorization", reader.source(node)))
    for inner in node.walk():
        if _HIDING_TRIGGER.match(inner.text):
            found.append(ScriptTrait("stops a command from being carried out", reader.source(inner)))
        text = inner.text.lower()
        found += [ScriptTrait(what, reader.source(inner)) for pattern, what in _TRAITS if pattern.search(text)]
    return found


def containers(reader: Reader) -> Containers:
    """Read `iox`, `app-hosting appid A` and the older `virtual-service A`."""
    switch = reader.last("iox")
    apps = []
    for start in ("app-hosting appid", "virtual-service"):
        for words, node in reader.take(start):
            if words:
                reader.use_block(node)
                apps.append(_app(reader, node, words[0]))
    return Containers(host=_host(reader, switch), apps=tuple(apps))


def _host(reader: Reader, switch: Node | None) -> Setting[bool]:
    """Absent means off (syntax-ios-family A.10 and F.1)."""
    if switch is None:
        return Known(False, default="'iox' is off unless configured; syntax-ios-family A.10, F.1 (model of XE 17.18.1)")
    return Known(switch.text == "iox", (reader.source(switch),))


def _app(reader: Reader, node: Node, name: str) -> ContainerApp:
    return ContainerApp(
        name=name,
        sources=reader.block(node),
        guest_shell="guestshell" in name.lower(),
        started=any(inner.text in ("start", "activate") for inner in node.children),
    )
