"""From the documents of an FRR router to facts."""

import re
from collections.abc import Sequence

from auditor.model.areas import Acls, Area, Containers, Intercept, Redirection, Routes
from auditor.model.device import Device
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.facts import Facts
from auditor.model.platform import Platform
from auditor.model.snapshot import RUNNING, CollectionError, Document
from auditor.platforms.common.core_ports import telecom
from auditor.platforms.common.definition import Masked, Reading
from auditor.platforms.common.documents import without_configuration
from auditor.platforms.common.gaps import left_out
from auditor.platforms.common.probes import probes
from auditor.platforms.common.reader import Reader
from auditor.platforms.frr import (
    access,
    accounts,
    acls,
    bgp,
    clock,
    flows,
    forwarding,
    includes,
    interfaces,
    ipsec,
    keys,
    lifecycle,
    logs,
    mirrors,
    nft,
    onbox,
    pam,
    pseudowires,
    routing,
    services,
    snmp,
    ssh,
    tunnels,
)
from auditor.platforms.frr import documents as names
from auditor.platforms.frr.aaa import aaa
from auditor.platforms.frr.daemons import Daemon, daemons
from auditor.platforms.frr.defaults import CLEAR
from auditor.platforms.frr.documents import FileSet
from auditor.platforms.frr.forms import joined_start
from auditor.platforms.frr.names import Uses
from auditor.syntax.mask import Masker

_CUT = re.compile(r"^\s*(?:[!#] ?\.\.\.|\.\.\.|<[Ss]nip>|\[snip\]|\(output omitted\)|-+ ?[Mm]ore ?-+.*)\s*$")
_NOWHERE = Source(RUNNING, 1, 1, "")
_CONTAINERS = Unknown(Code.STATE, "no file says which containers run: 'docker ps' does")
_LEFT_OUT: dict[Area, str] = {
    Area.AAA: "logins are decided by Linux PAM, whose files were not collected",
    Area.EXPORTERS: "FRR exports no flows; the files of programs of Linux that do (hsflowd, pmacct, softflowd) were not collected",
    Area.MIRRORS: "mirroring is state of the kernel: needs 'tc filter show', which was not collected",
    Area.CRYPTO: "IPsec of Linux is another program's: needs 'swanctl --list-conns' of strongSwan, which was not collected",
    Area.BOOT: "how Linux boots was not collected",
    Area.TRANSFERS: "file transfers are arranged by programs of Linux, whose files were not collected",
    Area.DISCOVERY: "discovery is another program's (lldpd), whose files were not collected",
}
"""Areas that FRR has nothing of and that no document of the set shows."""


def read(device: Device, documents: Sequence[Document], errors: Sequence[CollectionError], masker: Masker) -> Reading:
    """Facts of a router from any subset of its files.

    Filled from frr.conf, or else the files of the daemons: ACLS, INTERFACES, ROUTES, REDIRECTION, ROUTING, PSEUDOWIRES,
    DIALOUT. From several files, with what is missing said inside: SYSTEM, ACCOUNTS (`users_known`, `keys_known`), ACCESS
    (protocols of a point), SERVICES (`telnet`), LOGGING (`hosts_known`). From one other document each: SNMP (snmpd.conf),
    TUNNELS (`ip -d link show`), NAT and CONTROL_PLANE (`nft list ruleset`), MIRRORS (`tc filter show`), SCRIPTS (crontab),
    TIME (chrony.conf), NAMES (resolv.conf), CRYPTO (`swanctl --list-conns`), EXPORTERS (hsflowd.conf, pmacct, softflowd).
    No file says which containers run, so that CONTAINERS leaves it to the state. Everything else is left out with the reason.
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
    missing = {area: Unknown(Code.STATE, reason) for area, reason in _LEFT_OUT.items()}
    areas: dict[Area, object] = {Area.INTERCEPT: Intercept(), Area.CONTAINERS: Containers(_CONTAINERS)}
    confs = files.configurations()
    rules = nft.Rules(found) if (found := files.get(names.NFT)) is not None else None
    if confs:
        areas |= _configured(files, confs, rules)
    else:
        missing |= dict.fromkeys(_FROM_FRR, files.gap(RUNNING))
    _shared(files, version, areas)
    _linux(files, rules, areas, missing)
    return areas, missing


_FROM_FRR = (
    Area.ACLS,
    Area.INTERFACES,
    Area.ROUTES,
    Area.REDIRECTION,
    Area.ROUTING,
    Area.PSEUDOWIRES,
    Area.DIALOUT,
    Area.TELECOM,
)


def _configured(files: FileSet, confs: tuple[Reader, ...], rules: nft.Rules | None) -> dict[Area, object]:
    """The areas of frr.conf. Names are known in the file that defines them: each daemon has lists of its own."""
    uses = tuple(Uses() for _ in confs)
    peers = [bgp.bgp(reader, use) for reader, use in zip(confs, uses, strict=True)]
    neighbors = tuple(one for found in peers for one in found.neighbors)
    adjacencies = routing.routing(confs, neighbors, uses)
    for reader, use in zip(confs, uses, strict=True):
        for words, node in reader.take("ip protocol"):
            if "route-map" in words[:-1]:
                use.add("route-map", words[words.index("route-map") + 1], "ip protocol", reader.source(node))
    redirections = [
        forwarding.redirection(reader, use, tuple(found.flowspec))
        for reader, use, found in zip(confs, uses, peers, strict=True)
    ]
    lists = [acls.acls(reader, use) for reader, use in zip(confs, uses, strict=True)]
    packets = nft.lists(rules) if rules is not None else ()
    passages = nft.passages(rules) if rules is not None else None
    return {
        Area.ACLS: Acls(
            (*(one for found in lists for one in found.lists), *packets),
            tuple(one for found in lists for one in found.prefix_lists),
            tuple(one for found in lists for one in found.undefined),
        ),
        Area.INTERFACES: interfaces.interfaces(confs, interfaces.Kernel(files.get(names.SYSCTL)), passages),
        Area.ROUTES: Routes(tuple(one for reader in confs for one in forwarding.routes(reader).static)),
        Area.REDIRECTION: Redirection(
            tuple(one for found in redirections for one in found.redirects),
            tuple(one for found in redirections for one in found.rewrites),
            tuple(one for found in redirections for one in found.flowspec),
        ),
        Area.ROUTING: adjacencies,
        Area.PSEUDOWIRES: pseudowires.pseudowires(confs, tuple(one for found in peers for one in found.evpn)),
        Area.DIALOUT: lifecycle.dialouts(confs, peers),
        Area.TELECOM: telecom(packets),
    }


def _shared(files: FileSet, version: str, areas: dict[Area, object]) -> None:
    """The areas that draw on several documents."""
    main = files.get(RUNNING)
    confs = files.configurations()
    lists = tuple(one for reader in confs for one in acls.acls(reader, Uses()).lists)
    place = _place(files)
    started = _started(files, version)
    servers = includes.readers(files, names.SSHD, names.SSHD_D) if files.get(names.SSHD) is not None else ()
    lines = next(
        (reader for reader in confs if any(True for _ in reader.find("line vty"))), confs[0] if confs else None
    )
    areas[Area.ACCESS] = access.access(
        access.vty(lines, lists, place, files.gap(RUNNING)), started, (servers, files.gap(names.SSHD)), place
    )
    listeners = ssh.listeners(ssh.sockets(servers)) if servers else ()
    areas[Area.SERVICES] = services.services(started, listeners, ssh.server(servers, _ssh_known(files)))
    vtysh = files.get(names.VTYSH)
    areas[Area.ACCOUNTS] = accounts.accounts(
        (*confs, *((vtysh,) if vtysh is not None else ())),
        files.get(names.PASSWD),
        files.get(names.GROUP),
        files.gap(names.PASSWD),
        _logins(files, servers),
    )
    areas[Area.SYSTEM] = lifecycle.system(confs, servers)
    senders = includes.readers(files, names.RSYSLOG, names.RSYSLOG_D) if files.get(names.RSYSLOG) is not None else ()
    unseen = includes.unseen(files, names.RSYSLOG, names.RSYSLOG_D)
    known = logs.receivers_known(senders, files.gap(names.RSYSLOG), unseen)
    enabled = logs.to_syslog(main, started, _complete(files))
    logins = ssh.logged(servers) if servers else files.gap(names.SSHD)
    areas[Area.LOGGING] = logs.logging(main, senders, known, enabled, place, logins)


def _logins(files: FileSet, servers: tuple[Reader, ...]) -> accounts.Logins:
    found = [keys.keys(reader) for reader in files.key_files()]
    confs = files.configurations()
    return accounts.Logins(
        keys=tuple(one for own, _ in found for one in own),
        keys_known=Unknown(Code.STATE, "the files of keys of the other users were not collected")
        if found
        else files.gap(names.ROOT_KEYS),
        hooks=(*(hook for _, own in found for hook in own), *ssh.hooks(servers)),
        obscured=_obscured(confs) if confs else files.gap(RUNNING),
    )


def _obscured(confs: tuple[Reader, ...]) -> Setting[bool]:
    """`service password-encryption` obscures the passwords of the VTYs; without it they stand in clear."""
    said = [(reader, node) for reader in confs for node in reader.find("service password-encryption")]
    denied = [(reader, node) for reader in confs for node in reader.find("no service password-encryption")]
    for reader, node in (*said, *denied):
        reader.use(node)
    sources = tuple(reader.source(node) for reader, node in (*said, *denied))
    return Known(bool(said), sources, default="" if sources else CLEAR)


def _linux(files: FileSet, rules: nft.Rules | None, areas: dict[Area, object], missing: dict[Area, Unknown]) -> None:
    """The areas of one document of Linux each."""
    agents = includes.readers(files, names.SNMPD, names.SNMPD_D)
    if files.get(names.SNMPD) is not None:
        includes.unseen(files, names.SNMPD, names.SNMPD_D)
        areas[Area.SNMP] = snmp.snmp(agents)
    else:
        missing[Area.SNMP] = files.gap(names.SNMPD)
    tacplus = files.get(names.TACPLUS)
    if tacplus is not None or files.get(pam.SSHD) is not None:
        areas[Area.AAA] = aaa(tacplus, pam.steps(files.get))
        del missing[Area.AAA]
    links = files.get(names.LINKS)
    if links is not None:
        live = tunnels.wireguard(tunnels.tunnels(links), files.get(names.WIREGUARD))
        areas[Area.TUNNELS] = tunnels.described(tunnels.joined(live, files.get(names.IFUPDOWN)), files.configurations())
    else:
        missing[Area.TUNNELS] = files.gap(names.LINKS)
    if rules is not None:
        areas[Area.NAT] = nft.nat(rules)
        areas[Area.CONTROL_PLANE] = nft.control_plane(rules)
    else:
        missing |= dict.fromkeys((Area.NAT, Area.CONTROL_PLANE), files.gap(names.NFT))
    copies = files.get(names.TC)
    if copies is not None:
        areas[Area.MIRRORS] = mirrors.mirrors(copies, rules)
    crontab = files.get(names.CRON)
    if crontab is not None:
        tables = tuple(one for one in (crontab, files.get(names.CRON_D)) if one is not None)
        areas[Area.SCRIPTS] = onbox.scripts(tables, files.configurations(), agents)
    else:
        missing[Area.SCRIPTS] = files.gap(names.CRON)
    chrony = files.get(names.CHRONY)
    if chrony is not None:
        areas[Area.TIME] = clock.time(chrony)
    else:
        missing[Area.TIME] = files.gap(names.CHRONY)
    connections = files.get(names.SWANCTL)
    if connections is not None:
        areas[Area.CRYPTO] = ipsec.crypto(connections)
    exported = flows.exporters(files)
    if isinstance(exported, Unknown):
        missing[Area.EXPORTERS] = exported
    else:
        areas[Area.EXPORTERS] = exported
    resolv = files.get(names.RESOLV)
    if resolv is not None:
        areas[Area.NAMES] = lifecycle.names(resolv)
    else:
        missing[Area.NAMES] = files.gap(names.RESOLV)


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
