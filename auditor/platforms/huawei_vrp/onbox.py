"""Code on the device (syntax-other-families D10)."""

import re
from collections.abc import Iterable

from auditor.model.areas import Alias, EventPolicy, Job, Script, Scripts, ScriptTrait
from auditor.model.evidence import Source
from auditor.platforms.huawei_vrp.config import Config
from auditor.platforms.huawei_vrp.words import after
from auditor.syntax.tree import Node

_TRAITS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"undo info-center|undo .*loghost"), "switches logging off"),
    (re.compile(r"reset (?:logbuffer|trapbuffer|info-center)|clear log"), "clears logs"),
    (re.compile(r"local-user|super password|set authentication password|ssh user"), "changes accounts"),
    (re.compile(r"\b(?:ftp|tftp|sftp|scp|put|copy .*://)"), "sends or fetches files"),
    (re.compile(r"\b(?:telnet|stelnet) \S"), "opens sessions to other hosts"),
    (re.compile(r"\b(?:delete|format|fixdisk)\b"), "deletes files"),
    (re.compile(r"port-mirroring|observe-port|port-observing|capture-packet"), "copies traffic"),
    (re.compile(r"\bacl\b|traffic-filter|undo rule"), "changes filters"),
)


def scripts(config: Config) -> Scripts:
    """Read `ops` / `script-assistant python F`, `assistant A` / `condition ...` / `execute N {command C | python F}`, jobs."""
    policies: list[EventPolicy] = []
    found: list[Script] = []
    for start in ("ops", "assistant", "script-assistant"):
        for node in config.reader.find(start):
            config.reader.use(node)
            for inner in (node, *node.children):
                policies += _assistant(config, inner)
                found += _script(config, inner)
    found += _named(config)
    return Scripts(tuple(policies), tuple(_jobs(config)), tuple(found), tuple(_aliases(config)))


def _assistant(config: Config, node: Node) -> Iterable[EventPolicy]:
    words = node.words
    if words[0] != "assistant" or len(words) < 2:
        return
    config.reader.use_block(node)
    conditions = [inner for inner in node.walk() if inner.words[0] in ("condition", "correlate")]
    traits = tuple(trait for inner in node.walk() if inner.words[0] == "execute" for trait in _traits(config, inner))
    yield EventPolicy(
        name=words[1],
        kind="assistant",
        sources=config.reader.block(node),
        trigger="; ".join(inner.text.split(" ", 1)[-1] for inner in conditions),
        traits=traits,
        trigger_sources=tuple(config.reader.source(inner) for inner in conditions),
        active=not any(inner.text in ("shutdown", "disable", "undo enable") for inner in node.walk()),
    )


def _traits(config: Config, node: Node) -> list[ScriptTrait]:
    source = config.reader.source(node)
    return [ScriptTrait(what, source) for pattern, what in _TRAITS if pattern.search(node.text)]


def _script(config: Config, node: Node) -> Iterable[Script]:
    words = node.words
    if words[0] == "script-assistant" and len(words) > 2:
        config.reader.use_block(node)
        yield Script(words[2], words[1], config.reader.block(node), path=words[2])
    for inner in node.children if words[0] == "assistant" else ():
        if inner.words[0] == "execute" and "python" in inner.words[:-1]:
            path = after(inner.words, "python")
            yield Script(path, "python", (config.reader.source(inner),), path=path)


def _named(config: Config) -> Iterable[Script]:
    """`bras-python-script ...` of a broadband gateway."""
    for words, node in config.reader.take("bras-python-script"):
        yield Script(
            " ".join(words) or "bras-python-script",
            "python",
            config.reader.block(node),
            path=words[-1] if words else "",
        )
        config.reader.use_block(node)


def _jobs(config: Config) -> Iterable[Job]:
    """`schedule job J ... `, `scheduler job J` / `command ...`, `schedule reboot at T`, `set autosave`-like settings are none."""
    for start in ("schedule job", "scheduler job", "schedule reboot", "job"):
        for words, node in config.reader.take(start):
            config.reader.use_block(node)
            commands = tuple(inner.text for inner in node.children)
            when = after(words, "at") or after(words, "delay") or after(words, "interval")
            traits = [trait for inner in (node, *node.children) for trait in _traits(config, inner)]
            yield Job(
                words[0] if words and start != "schedule reboot" else start,
                when,
                commands or (" ".join([*start.split(), *words]),),
                config.reader.block(node),
                tuple(traits),
            )


def _aliases(config: Config) -> Iterable[Alias]:
    """`command alias` / `alias A command C`."""
    sources: list[tuple[Node, Source]] = []
    for node in config.reader.find("command alias"):
        config.reader.use(node)
        sources += [(inner, config.reader.source(inner)) for inner in node.children]
    sources += [(node, config.reader.source(node)) for node in config.reader.find("alias")]
    for node, source in sources:
        words = node.words
        if words[0] == "alias" and len(words) > 2:
            config.reader.use(node)
            command = words[words.index("command") + 1 :] if "command" in words else words[2:]
            yield Alias(words[1], " ".join(command), source)
