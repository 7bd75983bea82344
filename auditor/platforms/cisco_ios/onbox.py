"""Code on the device: policies, jobs, scripts, aliases, hosted applications (syntax-ios-family A.10)."""

import re
from collections.abc import Sequence

from auditor.model.areas import (
    Alias,
    ContainerApp,
    Containers,
    EventPolicy,
    Job,
    Script,
    Scripts,
    ScriptTrait,
)
from auditor.model.evidence import Known, Setting, Source
from auditor.platforms.cisco_ios.context import Context
from auditor.platforms.cisco_ios.ports import Port
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
_REFUSES = re.compile(r"\bset (?:\S+ )?_exit_status \"?0\b")
"""`action LABEL set _exit_status 0`, and the older `set LABEL _exit_status 0` of an applet."""
_TYPED = "cli command "
_HOST_RIGHTS = re.compile(
    r"--privileged|--cap-add|--device\b|--(?:net|network|pid|ipc)[= ]host|(?:-v|--volume) /:|docker\.sock"
)
"""Options of `docker run` that give a container rights on the host (syntax-ios-family A.10)."""
_REMOTE = re.compile(r"(?:tftp|ftp|rcp|https?|scp|sftp):")


def scripts(context: Context) -> Scripts:
    """Read event policies, scheduled commands, Tcl, macros, aliases and menus.

    `event manager {applet N|policy F}` with what an applet's body does, `kron policy-list P` with `kron occurrence O
    ...`, `scripting tcl {init|encdir} U`, `event manager directory user {policy|library} U`, `logging filter U`, `macro
    auto execute E ...`, `alias MODE NAME CMD`, `menu M command N CMD`, `platform shell`.
    """
    reader = context.reader
    return Scripts(
        policies=(*_applets(reader), *_policies(reader)),
        jobs=tuple(_jobs(reader)),
        scripts=tuple(_scripts(reader)),
        aliases=(*_aliases(reader), *_menus(reader)),
        shell=context.switch("platform shell") if context.xe else None,
    )


def _applets(reader: Reader) -> list[EventPolicy]:
    found = []
    for words, node in reader.take("event manager applet"):
        reader.use_block(node)
        if not words:
            continue
        events = [inner for inner in node.children if inner.text.startswith("event ")]
        found.append(
            EventPolicy(
                name=words[0],
                kind="EEM applet",
                sources=reader.block(node),
                trigger="; ".join(inner.text for inner in events),
                trigger_sources=tuple(map(reader.source, events)),
                traits=tuple(_traits(reader, node, words)),
                bypass=reader.source(node) if words[1:3] == ["authorization", "bypass"] else None,
                hides=tuple(map(reader.source, _hiding(node, events))),
            )
        )
    return found


def _hiding(node: Node, events: Sequence[Node]) -> list[Node]:
    """`skip yes`, and `sync yes` with an exit status of 0: the typed command is not carried out."""
    found = [inner for inner in events if _HIDING_TRIGGER.match(inner.text)]
    if any(" sync yes" in inner.text and "cli pattern" in inner.text for inner in events):
        found += [inner for inner in node.children if _REFUSES.search(inner.text)]
    return found


def _traits(reader: Reader, node: Node, words: Sequence[str]) -> list[ScriptTrait]:
    found = []
    if words[1:3] == ["authorization", "bypass"]:
        found.append(ScriptTrait("runs without command authorization", reader.source(node)))
    for inner in node.walk():
        if _HIDING_TRIGGER.match(inner.text):
            found.append(ScriptTrait("stops a command from being carried out", reader.source(inner)))
        found += _does(inner.text, reader.source(inner))
    return found


def _does(text: str, source: Source) -> list[ScriptTrait]:
    lowered = text.lower()
    return [ScriptTrait(what, source) for pattern, what in _TRAITS if pattern.search(lowered)]


def _policies(reader: Reader) -> list[EventPolicy]:
    """`event manager policy F` and where its files lie.

    Options are `[type {user|system}] [username U] [authorization bypass] [checksum ...]`.
    """
    found = []
    for words, node in reader.take("event manager policy"):
        if words:
            source = reader.source(node)
            bypass = source if "bypass" in words else None
            checked = "checksum" in words
            digests = tuple(words[words.index("checksum") + 1 :][1:2]) if checked else ()
            found.append(
                EventPolicy(words[0], "EEM policy file", (source,), bypass=bypass, checked=checked, digests=digests)
            )
    for word in ("environment", "session", "scheduler", "history", "detector"):
        reader.use(*reader.find(f"event manager {word}"))
    return found


def _jobs(reader: Reader) -> list[Job]:
    """`kron policy-list P` > `cli CMD`.

    `kron occurrence O {at|in} T {oneshot|recurring|system-startup}` > `policy-list P`.
    """
    lists: dict[str, Node] = {}
    for words, node in reader.take("kron policy-list"):
        reader.use_block(node)
        if words:
            lists[words[0]] = node
    found, called = [], set()
    for words, node in reader.take("kron occurrence"):
        reader.use_block(node)
        names = [inner.text.split()[-1] for inner in node.children if inner.text.startswith("policy-list")]
        called |= set(names)
        bodies = [lists[name] for name in names if name in lists]
        sources = (*reader.block(node), *(source for body in bodies for source in reader.block(body)))
        found.append(_job(reader, " ".join(words[:1]), " ".join(words[1:]), bodies, sources))
    for name, body in lists.items():
        if name not in called:
            found.append(_job(reader, name, "", [body], reader.block(body), active=False))
    return found


def _job(
    reader: Reader, name: str, when: str, bodies: Sequence[Node], sources: tuple[Source, ...], *, active: bool = True
) -> Job:
    commands = [(inner.text.removeprefix("cli "), inner) for body in bodies for inner in body.children]
    traits = [trait for text, inner in commands for trait in _does(_TYPED + text, reader.source(inner))]
    return Job(name, when, tuple(text for text, _ in commands), sources, tuple(traits), active)


def _scripts(reader: Reader) -> list[Script]:
    """Tcl at the start of the shell, filters of the log, macros that run on events."""
    found = []
    for words, node in reader.take("scripting tcl"):
        path = words[1] if words[:1] in (["init"], ["encdir"]) and len(words) > 1 else ""
        if path:
            found.append(
                Script(f"tcl {words[0]}", "tcl", (reader.source(node),), path, _REMOTE.match(path) is not None)
            )
    for words, node in reader.take("event manager directory user"):
        if len(words) > 1:
            remote = _REMOTE.match(words[1]) is not None
            found.append(Script(f"EEM {words[0]} directory", "directory", (reader.source(node),), words[1], remote))
    for words, node in reader.take("logging filter"):
        if words:
            remote = _REMOTE.match(words[0]) is not None
            found.append(Script("logging filter", "syslog filter", (reader.source(node),), words[0], remote))
    for words, node in reader.take("macro auto execute"):
        reader.use_block(node)
        found.append(Script(f"macro auto execute {' '.join(words[:1])}", "macro", reader.block(node)))
    return found


def _aliases(reader: Reader) -> list[Alias]:
    """`alias {exec|configure|...} NAME CMD`."""
    found = []
    for words, node in reader.take("alias"):
        if len(words) > 2:
            found.append(Alias(words[1], " ".join(words[2:]), reader.source(node), words[0]))
        else:
            reader.give_back(node)
    return found


def _menus(reader: Reader) -> list[Alias]:
    """`menu M command N CMD`: what a user of the menu really runs."""
    found = []
    for words, node in reader.take("menu"):
        if words[1:2] == ["command"] and len(words) > 3:
            found.append(Alias(f"{words[0]} {words[2]}", " ".join(words[3:]), reader.source(node), "menu"))
    return found


def containers(context: Context, ports: Sequence[Port]) -> Containers:
    """Read `iox`, `app-hosting appid A` and the older `virtual-service A`."""
    reader = context.reader
    switch = reader.last("iox")
    apps = []
    for start in ("app-hosting appid", "virtual-service"):
        for words, node in reader.take(start):
            if words:
                reader.use_block(node)
                apps.append(_app(reader, node, words[0], ports))
    host: Setting[bool] = Known(False)
    if switch is not None:
        host = Known(switch.text == "iox", context.sources(switch))
    elif context.xe or apps:
        host = context.absent("iox", bool)
    return Containers(host, tuple(apps))


def _app(reader: Reader, node: Node, name: str, ports: Sequence[Port]) -> ContainerApp:
    """`app-vnic ...` > `guest-ipaddress A`, `app-resource docker` > `run-opts ...`, `mirror-enable`, `start`."""
    inner = [(one, one.text.split()) for one in node.walk()]
    # Code in the Guest Shell may configure the router over this local way.
    local = list(reader.find("netconf-yang ssh local-vrf guestshell")) if "guestshell" in name.lower() else []
    network = [one for one, words in inner if words[0] in ("app-vnic", "vnic", "app-default-gateway", "ip")]
    shared = {
        words[3].lower()
        for _, words in inner
        if words[0] == "app-vnic" and "virtualportgroup" in words[:3] and len(words) > 3
    }
    gateways = [
        port.source
        for port in ports
        if port.name.lower().startswith("virtualportgroup")
        and port.name.lower().removeprefix("virtualportgroup") in shared
    ]
    strong = [
        one
        for one, words in inner
        if (words[0] == "run-opts" and _HOST_RIGHTS.search(one.text)) or "mirror-enable" in words
    ]
    return ContainerApp(
        name=name,
        sources=reader.block(node),
        guest_shell="guestshell" in name.lower(),
        started=any(one.text in ("start", "activate") for one, _ in inner),
        network=(*map(reader.source, network), *gateways),
        privileged=tuple(map(reader.source, [*strong, *local])),
        addresses=tuple(words[1] for _, words in inner if words[0] == "guest-ipaddress" and len(words) > 1),
        image=next((words[-1] for _, words in inner if words[0] in ("package", "ova")), ""),
    )
