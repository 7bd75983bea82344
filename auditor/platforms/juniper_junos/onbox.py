"""Code on the device: event policies, scripts, timers, resident programs (syntax-other-families A10)."""

import re

from auditor.model.areas import (
    ContainerApp,
    Containers,
    EventPolicy,
    Job,
    Script,
    Scripts,
    ScriptTrait,
)
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.juniper_junos.accounts import SHELL
from auditor.platforms.juniper_junos.defaults import NO_CONTAINERS, SUPER_USER
from auditor.platforms.juniper_junos.statements import JunosReader
from auditor.syntax.braces import Word

_REMOTE = re.compile(r"(?:pasv)?(?:ftp|scp|sftp|https?|tftp)://|^[\w.-]+@[\w.:-]+:")
_COMMANDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"clear log\b|file (delete|archive) .*(/var/log|messages)"), "clears logs"),
    (re.compile(r"(delete|deactivate) system syslog"), "switches logging off"),
    (re.compile(r"(set|delete|activate|deactivate) system (login user|root-authentication)"), "changes accounts"),
    (re.compile(r"(set|delete|activate|deactivate) (firewall|policy-options prefix-list)"), "changes access lists"),
    (re.compile(r"(file copy|request .*save|save) .*(ftp|scp|sftp|http|tftp)s?:|\bscp\b"), "copies to a remote host"),
    (re.compile(r"monitor traffic"), "captures traffic"),
    (re.compile(r"start shell|request routing-engine execute|\bop url\b"), "runs foreign code"),
    (re.compile(r"file delete"), "deletes files"),
)


_KINDS = (("op", "op script"), ("commit", "commit script"), ("snmp", "snmp script"), ("action", "action script"))
_CHECKSUMS = ("checksum", "sha-256", "cert-file")
_FETCHED = ("source", "refresh-from", "source-url")
_SETTINGS = ("language", "load-scripts-from-flash", "synchronize", "max-datasize")
_HANDLING = ("traceoptions", "dampen", "max-datasize", "no-allow-url", "max-policies", "refresh", "refresh-from",
             "allow-url-for-python", "direct-access", "allow-commands", "server-memory-factor")  # fmt: skip


def scripts(reader: JunosReader) -> Scripts:
    """Read event policies and timers, op, commit, SNMP and event scripts, JET programs, replaced system processes.

    `event-options { policy P { events [..]; then { .. } } event-script file F; generate-event E time-interval T; }`,
    `system scripts op|commit|snmp file F { checksum; source URL; }`, `system scripts commit allow-transients`,
    `system extensions extension-service application file F { interpreter; username; checksum; daemonize; }`,
    `system processes X command PATH`.
    """
    reader.use_block(*reader.entries("event-options", "destinations"))
    for name in ("traceoptions", "max-policies"):
        reader.use_block(*(word for word in (reader.find("event-options", name),) if word is not None))
    policies = [_policy(reader, word) for word in reader.entries("event-options", "policy")]
    return Scripts(
        tuple(policies + _event_scripts(reader)),
        jobs=tuple(_timers(reader)),
        scripts=tuple(_scripts(reader) + _applications(reader) + _binaries(reader)),
        shell=_shell(reader),
    )


def _event_scripts(reader: JunosReader) -> list[EventPolicy]:
    """`event-options event-script file F [checksum sha-256 H]`: the script itself says what it runs on."""
    base = reader.find("event-options", "event-script")
    found = []
    for word in reader.entries("file", inside=base) if base is not None else ():
        reader.use_block(word)
        found.append(
            EventPolicy(
                name=word.text,
                kind="Junos event script",
                sources=reader.sources(word),
                traits=tuple(_fetches(reader, word)),
                checked=any(name in word.children for name in _CHECKSUMS),
                digests=_digests(word),
            )
        )
    reader.use_block(*(base.children[name] for name in _HANDLING if base is not None and name in base.children))
    return found


def _fetches(reader: JunosReader, word: Word) -> list[ScriptTrait]:
    """`source URL`, `refresh-from URL`."""
    found = (reader.leaf(name, inside=word) for name in _FETCHED)
    return [ScriptTrait("is fetched from another host", reader.source(one)) for one in found if one is not None]


def _timers(reader: JunosReader) -> list[Job]:
    """`generate-event E time-interval S | time-of-day T`; its commands are those of the policies on that event."""
    found = []
    for word in reader.entries("event-options", "generate-event"):
        reader.use_block(word)
        when = " ".join(f"{kind.text} {one.text}" for kind in word.children.values() for one in kind.children.values())
        commands: list[str] = []
        sources = list(reader.sources(word))
        traits: list[ScriptTrait] = []
        for policy in reader.entries("event-options", "policy"):
            if any(event.text.lower() == word.text.lower() for event in reader.entries("events", inside=policy)):
                then = reader.find("then", inside=policy)
                commands += [one.text for one in (then.walk() if then is not None else ()) if _is_command(one)]
                sources += reader.sources(policy)
                traits += _traits(reader, policy)
        found.append(Job(word.text, when, tuple(commands), tuple(sources), tuple(traits)))
    return found


def _is_command(word: Word) -> bool:
    return word.parent is not None and word.parent.text == "commands"


def _scripts(reader: JunosReader) -> list[Script]:
    """`system scripts op|commit|snmp file F { checksum sha-256 H; source URL; command C; oid O; }`."""
    base = reader.find("system", "scripts")
    if base is None:
        return []
    language = reader.find("language", inside=base)
    reader.use_block(*(base.children[name] for name in _SETTINGS if name in base.children))
    found = []
    for statement, kind in _KINDS:
        holder = reader.take(statement, inside=base)
        if holder is None:
            continue
        common = _common(reader, holder)
        reader.use_block(*(holder.children[name] for name in _HANDLING if name in holder.children))
        for word in reader.entries("file", inside=holder):
            reader.use_block(word)
            traits = [*_fetches(reader, word), *common]
            sources = reader.sources(word)
            if language is not None and word.text.endswith(".py"):
                sources = (*sources, reader.source(language))
            found.append(
                Script(
                    name=word.text,
                    kind=kind,
                    sources=sources,
                    path=next((value for value in (reader.value(name, inside=word) for name in _FETCHED) if value), ""),
                    remote=any(trait.what == "is fetched from another host" for trait in traits),
                    checked=any(name in word.children for name in _CHECKSUMS),
                    traits=tuple(traits),
                    digests=_digests(word),
                )
            )
    return found


def _digests(word: Word) -> tuple[str, ...]:
    """`checksum sha-256 H`, `checksum md5 H`, and `sha-256 H` of later releases."""
    holders = [*word.children["checksum"].children.values()] if "checksum" in word.children else []
    holders += [word.children["sha-256"]] if "sha-256" in word.children else []
    return tuple(digest.text for holder in holders for digest in holder.children.values())


def _common(reader: JunosReader, holder: Word) -> list[ScriptTrait]:
    """What holds for all scripts of a kind: `allow-transients` lets commit scripts change what nobody sees."""
    found = _fetches(reader, holder)
    hidden = reader.take("allow-transients", inside=holder)
    if hidden is not None:
        found.append(ScriptTrait("changes the configuration without showing it", reader.source(hidden)))
    return found


def _applications(reader: JunosReader) -> list[Script]:
    """`system extensions extension-service application file F`: a program that stays."""
    found = []
    for word in reader.entries("system", "extensions", "extension-service", "application", "file"):
        reader.use_block(word)
        traits = []
        shell = reader.leaf("interpreter", inside=word)
        if shell is not None and shell.text == "bash":
            traits.append(ScriptTrait("runs in a shell", reader.source(shell)))
        user = reader.leaf("username", inside=word)
        if user is not None and user.text == "root":
            traits.append(ScriptTrait("runs as root", reader.source(user)))
        found.append(
            Script(
                name=word.text,
                kind="JET application",
                sources=reader.sources(word),
                checked=any(name in word.children for name in _CHECKSUMS),
                traits=tuple(traits),
                digests=_digests(word),
            )
        )
    reader.use_block(
        *(w for w in (reader.find("system", "extensions", "extension-service", "application", "traceoptions"),) if w)
    )
    return found


def _binaries(reader: JunosReader) -> list[Script]:
    """`system processes X command PATH`: another program in the place of a daemon."""
    found = []
    for word in reader.entries("system", "processes"):
        path = reader.leaf("command", inside=word)
        if path is not None:
            reader.use(word)
            traits = (ScriptTrait("replaces a system process", reader.source(path)),)
            found.append(Script(word.text, "process binary", reader.sources(word), path=path.text, traits=traits))
    return found


def _shell(reader: JunosReader) -> Setting[bool]:
    """`start shell` needs one of the permissions `shell`, `maintenance`, `all`, which `super-user` has."""
    lines: list[Source] = []
    for user in reader.entries("system", "login", "user"):
        role = reader.leaf("class", inside=user)
        if role is not None and role.text in SUPER_USER:
            lines.append(reader.source(role))
    for word in reader.entries("system", "login", "class"):
        lines += [reader.source(one) for one in reader.entries("permissions", inside=word) if one.text in SHELL]
    if lines:
        return Known(True, tuple(lines))
    return reader.complete if isinstance(reader.complete, Unknown) else Known(False, reader.complete.sources)


def _policy(reader: JunosReader, word: Word) -> EventPolicy:
    reader.use_block(word)
    events = reader.entries("events", inside=word)
    ignored = reader.find("then", "ignore", inside=word)
    return EventPolicy(
        name=word.text,
        kind="Junos event policy",
        sources=reader.sources(word),
        trigger="; ".join(event.text for event in events),
        traits=tuple(_traits(reader, word)),
        trigger_sources=tuple(map(reader.source, events)),
        hides=(reader.source(ignored),) if ignored is not None else (),
    )


def _traits(reader: JunosReader, policy: Word) -> list[ScriptTrait]:
    then = reader.find("then", inside=policy)
    if then is None:
        return []
    found = []
    ignore = reader.find("ignore", inside=then)
    if ignore is not None:
        found.append(ScriptTrait("suppresses an event", reader.source(ignore)))
    priority = reader.find("priority-override", inside=then)
    if priority is not None:
        found.append(ScriptTrait("changes the severity of an event", reader.source(priority)))
    change = reader.find("change-configuration", inside=then)
    if change is not None:
        found.append(ScriptTrait("changes the configuration", reader.source(change)))
    for word in then.walk():
        if word.text == "destination" and any(_is_remote(reader, name.text) for name in word.children.values()):
            found.append(ScriptTrait("copies to a remote host", reader.source(next(iter(word.children.values())))))
        if word.parent is not None and word.parent.text == "commands":
            command = word.text.lower()
            found += [ScriptTrait(what, reader.source(word)) for pattern, what in _COMMANDS if pattern.search(command)]
    return found


def _is_remote(reader: JunosReader, name: str) -> bool:
    """A destination is a name for a list of archive sites, and some of these are directories of the device."""
    sites = reader.entries("event-options", "destinations", name, "archive-sites")
    return bool(_REMOTE.search(name)) or any(_REMOTE.search(site.text) for site in sites)


def containers(reader: JunosReader, version: Setting[str]) -> Containers:
    """Junos Evolved is a Linux that can run containers which its configuration does not name.

    `virtual-network-functions V { image URL; interfaces { .. } }` of an NFX hosts foreign systems.
    """
    apps = []
    for word in reader.entries("virtual-network-functions"):
        reader.use_block(word)
        network = reader.find("interfaces", inside=word)
        apps.append(
            ContainerApp(
                word.text,
                reader.sources(word),
                started=True,
                network=reader.sources(network) if network is not None else (),
                image=reader.value("image", inside=word),
            )
        )
    if apps:
        return Containers(host=Known(True, apps[0].sources[:1]), apps=tuple(apps))
    if isinstance(version, Unknown):
        return Containers(host=version)
    if version.value.endswith("-EVO"):
        reason = "Junos Evolved keeps containers outside of its configuration"
        return Containers(host=Unknown(Code.STATE, reason, version.sources))
    return Containers(host=Known(False, default=NO_CONTAINERS))
