"""Code on the device: event manager, scripts, aliases, hosted applications (syntax-ios-family B.10)."""

import re
from collections.abc import Iterator

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
from auditor.platforms.cisco_iosxr.configuration import Configuration
from auditor.platforms.cisco_iosxr.defaults import TABLE
from auditor.platforms.cisco_iosxr.options import after
from auditor.syntax.tree import Node

_REMOTE = re.compile(r"(?:tftp|ftp|sftp|scp|https?)://")
_PRIVILEGED = ("--privileged", "--cap-add", "--pid=host", "--pid host", "/var/run/docker.sock", "-v /:", "--volume /:",
               "--device", "monitor-session", "--net=host", "--net host", "--network=host", "--network host")  # fmt: skip
_NETWORK = ("--net=host", "--net host", "--network=host", "--network host", "-p ", "--publish", "--net=", "--network=")
_ADDRESS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")


def scripts(reader: Configuration) -> Scripts:
    """Read `event manager ...` of both generations, `script ...`, `process-script`, timers and `alias`."""
    policies, jobs = _policy_maps(reader)
    return Scripts(
        policies=(*_policies(reader), *policies),
        jobs=jobs,
        scripts=(*_scripts(reader), *_processes(reader)),
        aliases=tuple(_aliases(reader)),
        shell=Known(True, default="members of root-lr and cisco-support reach 'run' and 'bash'; syntax-ios-family F.1"),
    )


def _policies(reader: Configuration) -> Iterator[EventPolicy]:
    """`event manager policy F username U [persist-time N] [type T] [checksum H S]`, with directories and environment beside it."""
    common = [
        reader.source(node)
        for start in ("event manager directory", "event manager environment")
        for _, node in reader.take(start)
    ]
    stopped = next((node for _, node in reader.take("event manager scheduler suspend")), None)
    for words, node in reader.take("event manager policy"):
        if words:
            yield EventPolicy(
                name=words[0],
                kind="EEM policy",
                sources=(*reader.evidence(node), *common),
                active=stopped is None,
                checked="checksum" in words,
            )


def _policy_maps(reader: Configuration) -> tuple[tuple[EventPolicy, ...], tuple[Job, ...]]:
    """`event manager event-trigger E` / `type ...`, `action A` / `type script S`, `policy-map P` / `trigger`, `action`."""
    triggers = _by_name(reader, "event manager event-trigger")
    actions = _by_name(reader, "event manager action")
    policies, jobs = [], []
    for words, node in reader.take("event manager policy-map"):
        reader.use_block(node)
        used = [inner.text.split() for inner in node.children]
        events = [name for parts in used if parts[0] == "trigger" for name in parts[1:] if name in triggers]
        done = [name for parts in used if parts[0] == "action" for name in parts[1:] if name in actions]
        parts = [*(triggers[name] for name in events), *(actions[name] for name in done)]
        sources = (*reader.block(node), *(source for one in parts for source in reader.block(one)))
        trigger = "; ".join(inner.text for name in events for inner in triggers[name].walk())
        name = " ".join(words[:1])
        commands = tuple(
            inner.text for one in done for inner in actions[one].children if inner.text.startswith("type ")
        )
        if trigger.startswith(("type timer", "timer")):
            jobs.append(Job(name, trigger, commands, sources))
        policies.append(
            EventPolicy(
                name=name,
                kind="EEM policy map",
                sources=sources,
                trigger=trigger,
                trigger_sources=tuple(source for one in events for source in reader.block(triggers[one])),
                checked=bool(done)
                and all(any("checksum" in inner.text for inner in actions[one].walk()) for one in done),
            )
        )
    return tuple(policies), tuple(jobs)


def _by_name(reader: Configuration, start: str) -> dict[str, Node]:
    found = {}
    for words, node in reader.take(start):
        reader.use_block(node)
        if words:
            found[words[0]] = node
    return found


def _scripts(reader: Configuration) -> Iterator[Script]:
    """`script {exec|process|snmp|precommit} F checksum sha256 H`, with `activate` for those that watch every commit."""
    for words, node in reader.take("script"):
        if len(words) < 2:
            reader.give_back(node)
            continue
        reader.use_block(node)
        traits = (
            (ScriptTrait("sees and can change every commit", reader.source(node)),) if words[0] == "precommit" else ()
        )
        yield Script(
            name=words[1],
            kind=words[0],
            sources=reader.block(node),
            path=words[1],
            remote=_REMOTE.search(node.text) is not None,
            checked="checksum" in node.text or any("checksum" in inner.text for inner in node.children),
            traits=traits,
        )


def _processes(reader: Configuration) -> Iterator[Script]:
    """`appmgr` / `process-script N` with `executable F`, `autorun`."""
    for node in reader.find("appmgr"):
        for words, inner in reader.take("process-script", node):
            reader.use_block(inner)
            options = {one.text.split()[0]: one.text.split()[1:] for one in inner.children}
            yield Script(
                name=" ".join(words[:1]),
                kind="process",
                sources=reader.block(inner),
                path=" ".join(options.get("executable", [])),
                active="autorun" in options,
            )


def _aliases(reader: Configuration) -> Iterator[Alias]:
    """`alias [exec|config] NAME COMMAND`."""
    for words, node in reader.take("alias"):
        mode = words[0] if words[:1] in (["exec"], ["config"]) and len(words) > 2 else ""
        rest = words[1:] if mode else words
        if rest:
            yield Alias(rest[0], " ".join(rest[1:]), reader.source(node), mode)


def containers(reader: Configuration, release: str, complete: Setting[bool]) -> Containers:
    """Read `appmgr` / `application N` / `activate type docker source S docker-run-opts "..." [monitor-session M]`."""
    nodes = [node for _, node in reader.take("appmgr")]
    found: list[ContainerApp] = []
    common: list[Source] = []
    for node in nodes:
        for inner in node.children:
            if inner.text.split()[0] in ("allow-sensitive-paths", "docker"):
                reader.use_block(inner)
                if inner.text.startswith("allow"):
                    common.append(reader.source(inner))
        for words, inner in reader.take("application", node):
            reader.use_block(inner)
            found.append(_app(reader, " ".join(words[:1]), inner, common))
    sources = tuple(reader.source(node) for node in nodes)
    host: Setting[bool] = Known(True, sources) if nodes else TABLE.absent("appmgr", bool, release, complete)
    return Containers(host, tuple(found))


def _app(reader: Configuration, name: str, node: Node, common: list[Source]) -> ContainerApp:
    lines = list(node.walk())
    started = [one for one in lines if one.text.startswith("activate")]
    return ContainerApp(
        name=name,
        sources=reader.block(node),
        started=bool(started),
        network=tuple(reader.source(one) for one in lines if any(word in one.text for word in _NETWORK)),
        privileged=(*(reader.source(one) for one in lines if any(word in one.text for word in _PRIVILEGED)), *common),
        addresses=tuple(dict.fromkeys(address for one in lines for address in _ADDRESS.findall(one.text))),
        image=next((image for one in lines if (image := after(one.text.split(), "source"))), ""),
    )
