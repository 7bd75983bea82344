"""Code on the device that runs on events, and hosted applications (syntax-other-families A10)."""

import re

from auditor.model.areas import Containers, EventPolicy, Scripts, ScriptTrait
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.platforms.juniper_junos.defaults import NO_CONTAINERS
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


def scripts(reader: JunosReader) -> Scripts:
    """Read `event-options policy P events [..] then {...}` and `event-options event-script file F`."""
    reader.use_block(*reader.entries("event-options", "destinations"))
    reader.use_block(*reader.entries("event-options", "generate-event"))
    found = [_policy(reader, word) for word in reader.entries("event-options", "policy")]
    for word in reader.entries("event-options", "event-script", "file"):
        reader.use_block(word)
        found.append(EventPolicy(name=word.text, kind="Junos event script", sources=reader.sources(word)))
    return Scripts(tuple(found))


def _policy(reader: JunosReader, word: Word) -> EventPolicy:
    reader.use_block(word)
    return EventPolicy(
        name=word.text,
        kind="Junos event policy",
        sources=reader.sources(word),
        trigger="; ".join(event.text for event in reader.entries("events", inside=word)),
        traits=tuple(_traits(reader, word)),
    )


def _traits(reader: JunosReader, policy: Word) -> list[ScriptTrait]:
    then = reader.find("then", inside=policy)
    if then is None:
        return []
    found = []
    ignore = reader.find("ignore", inside=then)
    if ignore is not None:
        found.append(ScriptTrait("suppresses an event", reader.source(ignore)))
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


def containers(version: Setting[str]) -> Containers:
    """Junos Evolved is a Linux that can run containers which its configuration does not name."""
    if isinstance(version, Unknown):
        return Containers(host=version)
    if version.value.endswith("-EVO"):
        reason = "Junos Evolved keeps containers outside of its configuration"
        return Containers(host=Unknown(Code.STATE, reason, version.sources))
    return Containers(host=Known(False, default=NO_CONTAINERS))
