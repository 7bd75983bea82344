"""Code on the device: Embedded Event Manager, scheduler, aliases, shell, containers (syntax-ios-family C.10)."""

import re
from collections.abc import Iterable, Sequence

from auditor.model.areas import Alias, ContainerApp, Containers, EventPolicy, Job, Script, Scripts, ScriptTrait
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.cisco_nxos.context import Context
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

# Bodies are typed, not printed: commands may be abbreviated ("conf t", "no log", "clear log").
_BEFORE = r"(?:^|[\";]\s*|\bcli (?:command )?\"?|\bconf\w*(?: t\w*)? ; )"
_TRAITS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(_BEFORE + r"no log(?:g|gi|gin|ging)?\b"), "switches logging off"),
    (re.compile(_BEFORE + r"(?:clear? (?:log|acc)|delete .{0,300}log)"), "clears logs"),
    (re.compile(_BEFORE + r"(?:no )?user\w*\b"), "changes accounts"),
    (re.compile(_BEFORE + r"(?:no )?(?:ip |ipv6 )?access-(?:l|g|c)"), "changes access lists"),
    (
        re.compile(r"\b(?:copy|tar|gzip)\b.{0,300}\b(?:tftp|ftp|sftp|scp|https?):"),
        "copies to a remote host",
    ),
    (re.compile(r"\bethanalyzer\b|\btcpdump\b"), "captures traffic"),
    (re.compile(r"\b(?:guestshell|run bash|run guestshell|python3?|bash|docker|chvrf|dohost)\b"), "runs foreign code"),
    (re.compile(_BEFORE + r"delete .{0,300}(?:bootflash|logflash|volatile):"), "deletes files"),
)
_CLI_EVENT = re.compile(r"event cli\b")
_ACTION = re.compile(r"action \S+ (?P<what>.*)")
_GUEST_SHELL = re.compile(r"guestshell\S*\s+(?P<state>\S+)", re.IGNORECASE)
VIRTUAL_SERVICES = "show virtual-service list"


def scripts(context: Context) -> Scripts:
    """Read `event manager {applet|policy}`, `scheduler {job|schedule} name`, `cli alias name`, `feature bash-shell`."""
    reader = context.reader
    reader.use(*reader.find("event manager environment"), *reader.find("scheduler"))
    return Scripts(
        policies=tuple(_policies(reader)),
        jobs=tuple(_jobs(context)),
        scripts=tuple(_scripts(reader)),
        aliases=tuple(_aliases(reader)),
        shell=context.feature("bash-shell"),
    )


def _policies(reader: Reader) -> list[EventPolicy]:
    """An applet on `event cli` without `action L event-default` keeps the command from being carried out."""
    found = []
    for words, node in reader.take("event manager applet"):
        reader.use_block(node)
        lines = [inner for inner in node.walk() if not inner.text.startswith("description ")]
        triggers = [inner for inner in lines if inner.text.startswith("event ")]
        actions = [inner for inner in lines if _ACTION.match(inner.text)]
        typed = [inner for inner in triggers if _CLI_EVENT.match(inner.text)]
        passes = any("event-default" in inner.words for inner in actions)
        hides = tuple(reader.source(inner) for inner in typed) if typed and not passes else ()
        traits = [ScriptTrait("stops a command from being carried out", source) for source in hides]
        found.append(
            EventPolicy(
                name=words[0] if words else "",
                kind="EEM applet",
                sources=reader.block(node),
                trigger="; ".join(inner.text for inner in triggers),
                traits=(*traits, *_traits(reader, actions)),
                trigger_sources=tuple(reader.source(inner) for inner in triggers),
                hides=hides,
            )
        )
    for words, node in reader.take("event manager policy"):
        found.append(EventPolicy(words[0] if words else "", "EEM policy file", (reader.source(node),)))
    return found


def _traits(reader: Reader, nodes: Iterable[Node]) -> list[ScriptTrait]:
    found = []
    for node in nodes:
        action = _ACTION.match(node.text)
        text = (action["what"] if action else node.text).lower()
        found += [ScriptTrait(what, reader.source(node)) for pattern, what in _TRAITS if pattern.search(text)]
    return found


def _jobs(context: Context) -> list[Job]:
    """`scheduler job name J` with commands up to `end-job`, `scheduler schedule name S` with `job name J`."""
    reader = context.reader
    when: dict[str, list[str]] = {}
    schedules: dict[str, list[Source]] = {}
    for _, node in reader.take("scheduler schedule name"):
        reader.use_block(node)
        times = [inner.text.removeprefix("time ") for inner in node.children if inner.text.startswith("time ")]
        for inner in node.children:
            if inner.text.startswith("job name "):
                when.setdefault(inner.words[-1], []).extend(times)
                schedules.setdefault(inner.words[-1], []).extend(reader.block(node))
    running = context.features.get("scheduler")
    found = []
    for words, node in reader.take("scheduler job name"):
        reader.use_block(node)
        name = words[0] if words else ""
        body = [inner for inner in node.walk() if inner.text != "end-job"]
        found.append(
            Job(
                name=name,
                when="; ".join(when.get(name, ())),
                commands=tuple(inner.text for inner in body),
                sources=(*reader.block(node), *schedules.get(name, ())),
                traits=tuple(_traits(reader, body)),
                active=name in when and (running is None or running[0]),
            )
        )
    return found


def commands(reader: Reader) -> Sequence[Node]:
    """Every command that a job runs."""
    return [inner for node in reader.find("scheduler job name") for inner in node.walk() if inner.text != "end-job"]


def _scripts(reader: Reader) -> list[Script]:
    """`nxsdk service-name S` and `nxsdk remote ...`: applications of others with an interface to the system."""
    return [
        Script(words[1] if len(words) > 1 else " ".join(words), "NX-SDK service", (reader.source(node),))
        for words, node in reader.take("nxsdk")
    ]


def _aliases(reader: Reader) -> list[Alias]:
    """`cli alias name N COMMAND`."""
    return [
        Alias(words[0], " ".join(words[1:]), reader.source(node))
        for words, node in reader.take("cli alias name")
        if words
    ]


def containers(context: Context, listed: Sequence[tuple[str, list[str]]]) -> Containers:
    """Read `virtual-service S`, `app-hosting appid A`, `guestshell ...`, and the output of `show virtual-service list`.

    The guest shell is on by default and destroyed by a command that leaves no line: the configuration cannot show it.
    """
    reader = context.reader
    apps = []
    for start in ("virtual-service", "app-hosting appid"):
        for words, node in reader.take(start):
            reader.use_block(node)
            apps.append(
                ContainerApp(
                    name=words[0] if words else "",
                    sources=reader.block(node),
                    guest_shell="guestshell" in "".join(words).lower(),
                    started=any(inner.text in ("activate", "start") for inner in node.children),
                    network=tuple(reader.source(inner) for inner in node.walk() if "vnic" in inner.text),
                )
            )
    reader.use(*reader.find("guestshell"))
    host, shells = _listed(listed)
    return Containers(host=host, apps=(*apps, *shells))


def _listed(documents: Sequence[tuple[str, list[str]]]) -> tuple[Setting[bool], list[ContainerApp]]:
    for name, lines in documents:
        if name == VIRTUAL_SERVICES:
            found = [
                (match["state"], Source(name, index + 1, index + 1, line.strip()))
                for index, line in enumerate(lines)
                if (match := _GUEST_SHELL.match(line.strip()))
            ]
            active = [source for state, source in found if state.lower() == "activated"]
            apps = [ContainerApp("guestshell", (source,), guest_shell=True, started=True) for source in active]
            return Known(bool(active), tuple(source for _, source in found)), apps
    return Unknown(
        Code.STATE, "the guest shell is on by default and no statement says so; 'show virtual-service list' tells"
    ), []
