"""Code on the router: cron, scripts of FRR, programs that the SNMP agent runs (crontab(5); syntax-ios-family E.10)."""

import re
from collections.abc import Iterable, Sequence

from auditor.model.areas import Job, Script, Scripts, ScriptTrait
from auditor.model.evidence import Known
from auditor.platforms.common.reader import Reader
from auditor.platforms.frr.forms import FILE_HEAD
from auditor.syntax.tree import Node

_TIMES = re.compile(r"(?P<when>@\w+|(?:[\d*][\d*,/-]*|[a-zA-Z,-]+)(?: [\d*a-zA-Z,/-]+){4}) (?P<rest>\S.*)$")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*\s*=")
_TRAITS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(?:curl|wget|scp|sftp|tftp|ftp|rsync|nc|ncat)\b"), "sends or fetches files"),
    (re.compile(r"\bssh\b[^|;&]*\s-[fNTRLDw]"), "opens sessions to other hosts"),
    (re.compile(r"/dev/tcp/|\bsocat\b|bash -i"), "opens a shell to another host"),
    (re.compile(r"\b(?:rm|truncate|shred)\b[^|;&]*/var/log|journalctl[^|;&]*--vacuum"), "clears logs"),
    (re.compile(r"\b(?:useradd|usermod|passwd|chpasswd|authorized_keys)\b"), "changes accounts"),
    (re.compile(r"\b(?:nft|iptables|ip6tables)\b"), "changes filters"),
    (re.compile(r"\b(?:tcpdump|tshark|dumpcap)\b|mirred"), "copies traffic"),
    (re.compile(r"\bvtysh\b"), "changes the configuration"),
)
_EXTENSIONS = ("extend", "extendfix", "exec", "sh", "pass", "pass_persist", "dlmod", "perl", "extend-sh")


def scripts(crontabs: Sequence[Reader], confs: Sequence[Reader], agents: Sequence[Reader]) -> Scripts:
    """Read lines of crontabs, `zebra on-rib-process script S`, and `extend`, `exec`, `pass`, `dlmod` of snmpd.conf."""
    jobs = tuple(job for reader in crontabs for job in _jobs(reader))
    found = [script for reader in confs for script in _scripts(reader)]
    found += [script for reader in agents for script in _extensions(reader)]
    return Scripts(
        (), jobs, tuple(found), shell=Known(True, default="every login of Linux has a shell (syntax-ios-family E.2)")
    )


def _jobs(reader: Reader) -> Iterable[Job]:
    """`MINUTE HOUR DAY MONTH WEEKDAY USER COMMAND`; assignments of variables and heads of files are none."""
    for node in reader.root.children:
        head = FILE_HEAD.match(node.text)
        if head or _ASSIGNMENT.match(node.text):
            reader.use(node)
            continue
        match = _TIMES.match(" ".join(node.words))
        if match is None:
            continue
        reader.use(node)
        user, _, command = match["rest"].partition(" ")
        yield Job(f"cron {user}", match["when"], (command,), (reader.source(node),), _traits(reader, node, command))


def _traits(reader: Reader, node: Node, command: str) -> tuple[ScriptTrait, ...]:
    return tuple(ScriptTrait(what, reader.source(node)) for pattern, what in _TRAITS if pattern.search(command))


def _scripts(reader: Reader) -> Iterable[Script]:
    for words, node in reader.take("zebra on-rib-process script"):
        yield Script(
            words[0] if words else "",
            "lua",
            (reader.source(node),),
            path=f"/etc/frr/scripts/{words[0]}" if words else "",
        )


def _extensions(reader: Reader) -> Iterable[Script]:
    for keyword in _EXTENSIONS:
        for words, node in reader.take(keyword):
            path = next((word for word in words if "/" in word), words[-1] if words else "")
            yield Script(
                words[0] if words else keyword,
                f"snmpd {keyword}",
                (reader.source(node),),
                path=path,
                traits=_traits(reader, node, node.text),
            )
