"""Code on the device (syntax-ios-family D.10)."""

import re

from auditor.model.areas import Alias, ContainerApp, Containers, EventPolicy, Job, Script, Scripts, ScriptTrait
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.arista_eos.context import Context
from auditor.platforms.arista_eos.text import after, last_of
from auditor.syntax.tree import Node

_TRAITS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"\bno logging\b|systemctl stop \S*syslog|service \S*syslog stop|logging policy match"),
        "switches logging off",
    ),
    (
        re.compile(r"\bclear log|\brm\b.{0,200}(?:/var/log|\.log\b)|truncate .{0,200}/var/log|> ?/var/log"),
        "clears logs",
    ),
    (
        re.compile(
            r"\b(?:no )?username \S|\b(?:useradd|usermod|passwd|adduser)\b|authorized_keys|/etc/(?:passwd|shadow"
            r"|sudoers)"
        ),
        "changes accounts",
    ),
    (re.compile(r"\bip6?tables\b|\b(?:ip|ipv6) access-(?:list|group)\b"), "changes access lists"),
    (
        re.compile(
            r"\b(?:scp|sftp|rsync|ftp|tftp)\b|\bcopy \S+ (?:scp|sftp|ftp|tftp|https?):|\bcurl\b.{0,300}(?:-[TFd]\b"
            r"|--upload|--data)"
        ),
        "copies to a remote host",
    ),
    (re.compile(r"\b(?:curl|wget)\b|\bcopy (?:https?|scp|sftp|ftp|tftp):"), "fetches from a remote host"),
    (re.compile(r"\btcpdump\b|\bmonitor session\b|\btshark\b"), "captures traffic"),
    (
        re.compile(r"/dev/tcp/|\b(?:nc|ncat|socat|telnet)\b (?:-\S+ )*\S+ \d|\bssh\b .{0,300}-[RLD]\b|\bmkfifo\b"),
        "opens a connection to another host",
    ),
    (re.compile(r"\bFastCli\b|\bCli\b -p|\bpython\d?\b|\bbash -c\b"), "runs foreign code"),
    (re.compile(r"\brm -?\S*|\bdelete (?:flash|file):"), "deletes files"),
    (
        re.compile(r"\biptables\b.{0,200}-j ACCEPT|\bsystemctl (?:start|enable)\b|\bcrontab\b|rc\.eos"),
        "changes how the system runs",
    ),
)
_REMOTE = re.compile(r"\b(?:https?|scp|sftp|ftp|tftp)://")


def traits(text: str, source: Source) -> list[ScriptTrait]:
    """What a line of code does that is a finding by itself."""
    return [ScriptTrait(what, source) for pattern, what in _TRAITS if pattern.search(text)]


def scripts(context: Context) -> Scripts:
    """Read event handlers, daemons, jobs, aliases and altered agents.

    event-handler N / trigger T, action {bash CMD|bash ... EOF|log|increment ...}, delay N, asynchronous, timeout N
    daemon D / exec PATH ARGS, option O value V, heartbeat N, [no] shutdown
    schedule N {interval M|at TIME ...} [timeout M] max-log-files N [logging verbose] command CMD
    alias N CMD; alias N / SEQ CMD; agent A {environment E|shutdown}
    """
    return Scripts(
        policies=tuple(_handler(context, words, node) for words, node in context.config.take("event-handler") if words),
        jobs=tuple(_jobs(context)),
        scripts=tuple(_daemons(context) + _agents(context)),
        aliases=tuple(_aliases(context)),
        shell=context.absent("bash", bool),
    )


def _handler(context: Context, words: list[str], node: Node) -> EventPolicy:
    config = context.config
    config.use_block(node)
    found: list[ScriptTrait] = []
    sources = list(config.block(node))
    for inner in node.walk():
        if inner.text.startswith("action bash"):
            found += traits(inner.text, config.source(inner))
            for text, source in config.body(inner):
                sources.append(source)
                found += traits(text, source)
    triggers = [inner for inner in node.children if inner.words[0] == "trigger"]
    return EventPolicy(
        name=words[0],
        kind="event handler",
        sources=tuple(dict.fromkeys(sources)),
        trigger="; ".join(inner.text.removeprefix("trigger ") for inner in triggers),
        traits=tuple(found),
        trigger_sources=tuple(source for inner in triggers for source in config.block(inner)),
        active=bool(triggers) and any(inner.words[0] == "action" for inner in node.children),
    )


def _daemons(context: Context) -> list[Script]:
    config = context.config
    found = []
    for words, node in config.take("daemon"):
        config.use_block(node)
        command = last_of(node.children, "exec", "command")
        switch = last_of(node.children, "shutdown")
        path = command.words[1] if command is not None and len(command.words) > 1 else ""
        found.append(
            Script(
                name=words[0] if words else "",
                kind="daemon",
                sources=config.block(node),
                path=path,
                remote=bool(_REMOTE.match(path)),
                traits=tuple(traits(command.text, config.source(command)) if command is not None else ()),
                active=switch is not None and switch.text == "no shutdown",
            )
        )
    return found


_LOADS = re.compile(r"\b(?:LD_[A-Z_]+|PYTHONPATH|PYTHONSTARTUP|PATH)=")


def _loads(text: str, source: Source) -> list[ScriptTrait]:
    """A variable that makes an agent load code from elsewhere; others are switches of the vendor's."""
    return [ScriptTrait("loads other code", source)] if _LOADS.search(text) else []


def _agents(context: Context) -> list[Script]:
    """An agent with an environment of its own runs other code than the one that was shipped, or runs it otherwise."""
    config = context.config
    found = []
    for words, node in config.take("agent"):
        if words[1:2] == ["environment"]:
            found.append(
                Script(
                    words[0],
                    "agent environment",
                    (config.source(node),),
                    traits=(*traits(node.text, config.source(node)), *_loads(node.text, config.source(node))),
                )
            )
    return found


def _jobs(context: Context) -> list[Job]:
    config = context.config
    found: dict[str, Job] = {}
    for words, node in config.take("schedule"):
        if len(words) < 2 or words[0] == "config":
            continue
        text = node.text
        command = text.partition(" command ")[2]
        when = (
            text.partition(f"schedule {words[0]} ")[2]
            .partition(" max-log-files")[0]
            .partition(" command ")[0]
            .partition(" timeout ")[0]
        )
        source = config.source(node)
        found[words[0]] = Job(words[0], when, (command,), (source,), tuple(traits(command, source)))
    return list(found.values())


def _aliases(context: Context) -> list[Alias]:
    config = context.config
    found: dict[str, Alias] = {}
    for words, node in config.take("alias"):
        if not words:
            continue
        config.use_block(node)
        lines = [" ".join(words[1:])] if len(words) > 1 else []
        lines += [" ".join(inner.words[1:]) if inner.words[0].isdigit() else inner.text for inner in node.children]
        found[words[0]] = Alias(words[0], "; ".join(lines), config.source(node))
    return list(found.values())


def containers(context: Context) -> Containers:
    """Read `container-manager` / `container N` / {image I|on-boot|command ...} and `virtual-machine`.

    What it means that neither is written is not documented, so it stays unknown.
    """
    config = context.config
    apps = []
    switches: list[Source] = []
    for node in config.find("container-manager"):
        config.use_block(node)
        switches.append(config.source(node))
        for inner in node.children:
            if inner.words[0] == "container" and len(inner.words) > 1:
                apps.append(_app(context, inner, after(inner.words, "container")))
    for words, node in config.take("virtual-machine"):
        config.use_block(node)
        switches.append(config.source(node))
        apps.append(_app(context, node, words[0] if words else ""))
    host: Setting[bool] = (
        Known(True, tuple(switches))
        if switches
        else Unknown(
            Code.DEFAULT,
            "no 'container-manager', and the form of that statement is not documented well enough to rely on its "
            "absence",
        )
    )
    return Containers(host, tuple(apps))


def _app(context: Context, node: Node, name: str) -> ContainerApp:
    config = context.config
    inner = list(node.walk())
    return ContainerApp(
        name=name,
        sources=config.block(node),
        started=any(one.text in ("on-boot", "enabled", "no shutdown") for one in inner),
        network=tuple(config.source(one) for one in inner if "net" in one.text or one.text.startswith("virtual-nic")),
        privileged=tuple(
            config.source(one)
            for one in inner
            if any(word in one.text for word in ("privileged", "--cap-add", " -v ", "--net=host", "--network=host"))
        ),
        image=next((one.words[-1] for one in inner if one.words[0] in ("image", "disk-image")), ""),
    )
