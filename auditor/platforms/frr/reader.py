"""From the documents of an FRR router to facts."""

import re
from collections.abc import Sequence

from auditor.model.areas import Area
from auditor.model.device import Device
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.facts import Facts
from auditor.model.platform import Platform
from auditor.model.snapshot import RUNNING, CollectionError, Document
from auditor.platforms.common.definition import Masked, Reading
from auditor.platforms.common.documents import without_configuration
from auditor.platforms.common.gaps import left_out
from auditor.platforms.common.probes import probes
from auditor.platforms.common.reader import Reader
from auditor.platforms.frr import access, accounts, acls, includes, logs, routing, services, snmp, ssh, tunnels
from auditor.platforms.frr import documents as names
from auditor.platforms.frr.daemons import Daemon, daemons
from auditor.platforms.frr.documents import FileSet
from auditor.platforms.frr.forms import joined_start
from auditor.syntax.mask import Masker

_CUT = re.compile(r"^\s*(?:[!#] ?\.\.\.|\.\.\.|<[Ss]nip>|\[snip\]|\(output omitted\)|-+ ?[Mm]ore ?-+.*)\s*$")
_NOWHERE = Source(RUNNING, 1, 1, "")
_LEFT_OUT: dict[Area, str] = {
    Area.AAA: "logins are decided by Linux PAM, whose files were not collected",
    Area.MIRRORS: "mirroring is state of the kernel (tc, nftables), which was not collected",
    Area.SCRIPTS: "FRR runs no code on events; cron and systemd were not collected",
    Area.CRYPTO: "IPsec is set up by programs of Linux (strongSwan, libreswan), whose files were not collected",
    Area.TRANSFERS: "files are moved by programs of Linux (cron, rsync), whose files were not collected",
    Area.DIALOUT: "what dials out are programs of Linux, which were not collected",
    Area.CONTAINERS: "the containers of the Linux system were not collected",
}
"""Areas that FRR has nothing of and that no document of the set shows."""


def read(device: Device, documents: Sequence[Document], errors: Sequence[CollectionError], masker: Masker) -> Reading:
    """Facts of a router from any subset of its files.

    Filled from frr.conf: ACLS, INTERFACES, ROUTES, REDIRECTION. From several files, with what is missing said inside:
    ACCOUNTS (`users_known`), ACCESS (protocols of a point), SERVICES (`telnet`), LOGGING (`hosts_known`). From one other
    file: SNMP (snmpd.conf), TUNNELS (`ip -d link show`). Everything else is left out with the reason.
    """
    files = FileSet(documents, errors, masker)
    if not files.masked():
        return without_configuration(Platform.FRR, device, documents, errors)
    main = files.get(RUNNING)
    version = _word(main, "frr version")
    areas, missing = _areas(files, version)
    areas[Area.PROBES] = probes(documents)
    coverage, unread = files.settle()
    facts = Facts(
        device=device,
        platform=Platform.FRR,
        areas=areas,
        hostname=_word(main, "hostname"),
        os_version=_version(main, version),
        complete=_complete(files),
        missing=left_out(Platform.FRR, areas, missing),
        unread=unread,
        coverage=coverage,
    )
    return Reading(facts=facts, documents=tuple(Masked(name, lines) for name, lines in files.masked()))


def _areas(files: FileSet, version: str) -> tuple[dict[Area, object], dict[Area, Unknown]]:
    areas: dict[Area, object] = {}
    missing = {area: Unknown(Code.STATE, reason) for area, reason in _LEFT_OUT.items()}
    main = files.get(RUNNING)
    if main is not None:
        areas |= {
            Area.ACLS: acls.acls(main),
            Area.INTERFACES: routing.interfaces(main),
            Area.ROUTES: routing.routes(main),
            Area.REDIRECTION: routing.redirection(main),
        }
    else:
        missing |= dict.fromkeys((Area.ACLS, Area.INTERFACES, Area.ROUTES, Area.REDIRECTION), files.gap(RUNNING))
    _shared(files, version, areas)
    agents = includes.readers(files, names.SNMPD, names.SNMPD_D)
    if files.get(names.SNMPD) is not None:
        includes.unseen(files, names.SNMPD, names.SNMPD_D)
        areas[Area.SNMP] = snmp.snmp(agents)
    else:
        missing[Area.SNMP] = files.gap(names.SNMPD)
    links = files.get(names.LINKS)
    if links is not None:
        areas[Area.TUNNELS] = tunnels.joined(tunnels.tunnels(links), files.get(names.IFUPDOWN))
    else:
        missing[Area.TUNNELS] = files.gap(names.LINKS)
    return areas, missing


def _shared(files: FileSet, version: str, areas: dict[Area, object]) -> None:
    """The areas that draw on several documents."""
    main = files.get(RUNNING)
    lists = acls.acls(main).lists if main is not None else ()
    place = _place(files)
    started = _started(files, version)
    servers = includes.readers(files, names.SSHD, names.SSHD_D) if files.get(names.SSHD) is not None else ()
    areas[Area.ACCESS] = access.access(
        access.vty(main, lists, place, files.gap(RUNNING)), started, (servers, files.gap(names.SSHD)), place
    )
    listeners = ssh.listeners(ssh.sockets(servers)) if servers else ()
    areas[Area.SERVICES] = services.services(started, listeners, _ssh_known(files))
    areas[Area.ACCOUNTS] = accounts.accounts(
        main,
        files.get(names.VTYSH),
        files.get(names.PASSWD),
        files.get(names.GROUP),
        files.gap(names.PASSWD),
        ssh.hooks(servers),
    )
    senders = includes.readers(files, names.RSYSLOG, names.RSYSLOG_D) if files.get(names.RSYSLOG) is not None else ()
    unseen = includes.unseen(files, names.RSYSLOG, names.RSYSLOG_D)
    known = logs.receivers_known(senders, files.gap(names.RSYSLOG), unseen)
    enabled = logs.to_syslog(main, started, _complete(files))
    areas[Area.LOGGING] = logs.logging(main, senders, known, enabled, place)


def _started(files: FileSet, version: str) -> tuple[Daemon, ...] | Unknown:
    reader = files.get(names.DAEMONS)
    return daemons(reader, version) if reader is not None else files.gap(names.DAEMONS)


def _place(files: FileSet) -> Source:
    """A line to point at for what no line says: of frr.conf, else of any document."""
    for role in names.FORMS:
        reader = files.get(role)
        if reader is not None and reader.root.children:
            return names.vantage(reader)
    return _NOWHERE


def _ssh_known(files: FileSet) -> Setting[bool]:
    """Whether "no other SSH port" can be relied on: sshd_config and the files it includes were seen."""
    if files.get(names.SSHD) is None:
        return files.gap(names.SSHD)
    unseen = includes.unseen(files, names.SSHD, names.SSHD_D)
    return files.gap(names.SSHD_D) if unseen else Known(True)


def _word(reader: Reader | None, start: str) -> str:
    found = list(reader.find(start)) if reader is not None else []
    if reader is not None:
        reader.use(*found)
    count = len(start.split())
    return next((node.words[count] for node in found if len(node.words) > count), "")


def _version(main: Reader | None, version: str) -> Setting[str]:
    if main is None or not version:
        return Unknown(Code.VERSION, "no 'frr version' line was seen")
    return Known(version, tuple(main.source(node) for node in main.find("frr version")))


def _complete(files: FileSet) -> Setting[bool]:
    """Whether the end of the running configuration was seen.

    The output of `show running-config` ends with `end`. A saved frr.conf has no end mark: it is taken as whole when it
    begins with its own head, its last line is whole, and no block is left open in a file that closes its blocks.
    """
    main = files.get(RUNNING)
    if main is None or files.main is None:
        gap = files.gap(RUNNING)
        return Unknown(gap.code, gap.reason)
    for index, line in enumerate(main.lines):
        if _CUT.match(line):
            return Unknown(Code.CUT, f"{main.document}:{index + 1} says that parts were left out")
    ends = list(main.find("end"))
    if ends and ends[-1] is main.root.children[-1]:
        return Known(True, (main.source(ends[-1]),))
    output = any(node.text.startswith(("Building conf", "Current conf")) for node in main.root.children[:5])
    if output or files.main.collected_by != "files":
        return Unknown(Code.CUT, f"{main.document} does not finish with 'end'")
    return _whole_file(main, files.main)


def _whole_file(main: Reader, document: Document) -> Setting[bool]:
    nodes = main.root.children
    if not nodes or not nodes[0].text.startswith(("frr version ", "frr defaults ", "hostname ")):
        return Unknown(Code.CUT, f"{main.document} does not begin with 'frr version', 'frr defaults' or 'hostname'")
    if not document.content.endswith(b"\n"):
        return Unknown(Code.CUT, f"the last line of {main.document} does not end")
    closes = any(node.text == "exit" for node in nodes)
    if closes and nodes[-1].children:
        return Unknown(Code.CUT, f"the last block of {main.document} is not closed by 'exit'")
    start = joined_start(main.lines)
    default = (
        f"a saved frr.conf has no end mark; it begins with its head at line {start + 1} and its last line is whole"
    )
    return Known(True, (main.source(nodes[0]),), default=default)
