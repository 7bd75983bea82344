"""Programs of Linux that export flow records, from their files: Host sFlow, pmacct, softflowd.

Host sFlow 2.x, src/Linux/scripts/hsflowd.conf and hsflowtokens.h (case of key words does not matter); pmacct 1.7, CONFIG-KEYS;
softflowd(8) 1.0 and the README of its Debian package (/etc/softflowd/*.conf: `interface`, `options`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from auditor.model.areas import Exporters, FlowExporter
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.common.reader import Reader
from auditor.platforms.frr import documents as names
from auditor.platforms.frr.documents import FileSet
from auditor.platforms.frr.forms import FILE_HEAD
from auditor.platforms.frr.includes import listed_only
from auditor.syntax.tree import Node

_FILES = {"hsflowd": names.HSFLOWD, "pmacctd": names.PMACCT, "uacctd": names.PMACCT, "softflowd": names.SOFTFLOWD}
_OTHERS = ("fprobe", "fprobe-ulog", "nprobe", "yaf", "ipfixprobe", "flowprobe", "qof")
"""Programs that export flows and whose files are not read."""


def exporters(files: FileSet) -> Exporters | Unknown:
    """The exporters of those files that were collected; Unknown where none of them was, nor is told to be absent."""
    roles = tuple(dict.fromkeys(_FILES.values()))
    gaps = [gap for role in roles if (gap := _gap(files, role)) is not None]
    if len(gaps) == len(roles):
        return gaps[0]
    running = files.programs()
    found: list[FlowExporter] = []
    sampling: list[Source] = []
    for role, read in ((names.HSFLOWD, _hsflowd), (names.PMACCT, _pmacct), (names.SOFTFLOWD, _softflowd)):
        reader = files.get(role)
        if reader is not None:
            seen = read(reader)
            found += seen.exporters
            sampling += seen.sampling
    complete = gaps[0] if gaps else _others(files, running)
    return Exporters(tuple(_with_life(one, running) for one in found), tuple(sampling), exporters_known=complete)


def _gap(files: FileSet, role: str) -> Unknown | None:
    """Why it is not known what the files say; None where they were read, or where there is none."""
    reader = files.get(role)
    if reader is None:
        return None if files.absent(role) else files.gap(role)
    return Unknown(Code.STATE, f"the files of {role} were not collected") if listed_only(reader) else None


def _others(files: FileSet, running: Setting[frozenset[str]]) -> Setting[bool]:
    """No program runs that exports flows and whose file was not read."""
    if isinstance(running, Unknown):
        return running
    strange = sorted(
        name for name in running.value if name in _OTHERS or (name in _FILES and files.get(_FILES[name]) is None)
    )
    if strange:
        return Unknown(Code.STATE, f"{strange[0]} runs, and its file was not collected")
    return Known(True)


def _with_life(one: FlowExporter, running: Setting[frozenset[str]]) -> FlowExporter:
    """A file does not tell whether its program runs; the processes do. What no port feeds sends no records of flows."""
    if not one.bound:
        return msgspec.structs.replace(one, active=Known(False))
    if isinstance(running, Unknown):
        return msgspec.structs.replace(one, active=running)
    on = any(name in running.value for name in one.name.split("/"))
    return one if on else msgspec.structs.replace(one, active=Known(False))


_FEEDS = ("pcap", "epcap", "psample", "nflog", "ulog", "dent", "ovs", "vpp", "cumulus", "opx", "os10", "sonic", "eapi")


def _hsflowd(reader: Reader) -> Exporters:
    """`collector { ip=A udpport=P }` and `DNS-SD { domain=D }`; what samples packets feeds all of them."""
    nodes = [inner for top in reader.root.children for inner in top.children]
    feeds = tuple(reader.source(node) for node in nodes if node.words[0] in _FEEDS)
    rates = [node for node in nodes if node.words[0].startswith("sampling")]
    found = []
    for node in nodes:
        values = {inner.words[0]: inner.words[-1] for inner in node.children if len(inner.words) > 1}
        if node.text == "collector" and values.get("ip"):
            reader.use_block(node)
            found.append(_sflow(reader, node, feeds, values["ip"], values.get("udpport", "6343")))
        elif node.text == "dns-sd":
            reader.use_block(node)
            found.append(_sflow(reader, node, feeds, f"_sflow._udp{values.get('domain', '')}", ""))
    reader.use(*rates)
    return Exporters(tuple(found), tuple(reader.source(node) for node in rates))


def _sflow(reader: Reader, node: Node, feeds: tuple[Source, ...], address: str, port: str) -> FlowExporter:
    lines = tuple(dict.fromkeys(reader.source(inner) for inner in (node, *node.walk())))
    number = int(port) if port.isdigit() else None
    return FlowExporter(address, lines[0], "sflow", "hsflowd", port=number, sources=lines, bound=feeds)


_RECEIVERS = {
    "nfprobe_receiver": ("nfprobe", "netflow"),
    "sfprobe_receiver": ("sfprobe", "sflow"),
    "kafka_broker_host": ("kafka", "kafka"),
    "amqp_host": ("amqp", "amqp"),
    "sql_host": ("mysql pgsql", "sql"),
    "mongo_host": ("mongodb", "mongodb"),
}
"""Key -> the plugins that it is for, and what they send."""
_PORTS = ("pcap_interface", "pcap_interfaces_map", "uacctd_group", "pcap_ifindex")


def _pmacct(reader: Reader) -> Exporters:
    """`nfprobe_receiver[PLUGIN]: A:P` and the like; a key of a plugin that `plugins` does not name does nothing."""
    found: list[FlowExporter] = []
    sampling: list[Source] = []
    for _, nodes in _sections(reader):
        plugins = {word.partition("[")[0] for node in _keys(nodes, "plugins") for word in _list(node)}
        feeds = tuple(reader.source(node) for key in _PORTS for node in _keys(nodes, key))
        reader.use(*_keys(nodes, "plugins"), *_keys(nodes, "sampling_rate"))
        sampling += [reader.source(node) for node in _keys(nodes, "sampling_rate")]
        for key, (wanted, protocol) in _RECEIVERS.items():
            for node in _keys(nodes, key):
                reader.use(node)
                on = bool(plugins & set(wanted.split()))
                found += [
                    FlowExporter(
                        address, reader.source(node), protocol, "pmacctd/uacctd", port=port, bound=feeds if on else ()
                    )
                    for address, port in map(_end, _list(node))
                ]
    return Exporters(tuple(found), tuple(sampling))


def _softflowd(reader: Reader) -> Exporters:
    """`options="-n A:P[,A:P] -s RATE -v VERSION"`, and the interface, without which the instance is ignored."""
    found: list[FlowExporter] = []
    sampling: list[Source] = []
    for _, nodes in _sections(reader):
        options = [node for node in nodes if node.words[0].lower() in ("options", "softflow_opts")]
        ports = [node for node in nodes if node.words[0].lower() == "interface" and len(node.words) > 1]
        reader.use(*options, *(node for node in nodes if node.words[0].lower() == "interface"))
        for node in options:
            values = dict(_options(node.words[1:]))
            feeds = ports or ([node] if "i" in values else [])
            sampling += [reader.source(node)] if "s" in values else []
            protocol = "ipfix" if values.get("v") == "10" else "netflow"
            bound = tuple(reader.source(port) for port in feeds)
            found += [
                FlowExporter(address, reader.source(node), protocol, "softflowd", port=port, bound=bound)
                for address, port in map(_end, values.get("n", "").split(",") if values.get("n") else ())
            ]
    return Exporters(tuple(found), tuple(sampling))


def _options(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Options of getopt with a value: `-n VALUE` or `-nVALUE`."""
    rest = iter(words)
    for word in rest:
        if re.match(r"-[nsiv]$", word):
            yield word[1], next(rest, "")
        elif re.match(r"-[nsiv].", word):
            yield word[1], word[2:]


def _sections(reader: Reader) -> Iterator[tuple[str, list[Node]]]:
    """The statements of each file that `tail -v` joined."""
    path = reader.document
    nodes: list[Node] = []
    for node in reader.root.children:
        head = FILE_HEAD.match(node.text)
        if head:
            yield path, nodes
            path, nodes = head["path"], []
        else:
            nodes.append(node)
    yield path, nodes


def _keys(nodes: Iterable[Node], key: str) -> list[Node]:
    """The statements of a key, for all plugins or for one: `key`, `key[plugin]`."""
    return [node for node in nodes if node.words[0].partition("[")[0] == key]


def _list(node: Node) -> list[str]:
    return [word.strip() for word in " ".join(node.words[1:]).split(",") if word.strip()]


def _end(text: str) -> tuple[str, int | None]:
    """Address and port of `A:P`, `[A]:P`, `NAME` or `ssl://NAME:P`."""
    bare = text.rpartition("//")[2]
    match = re.fullmatch(r"\[(?P<six>[^\]]+)\](?::(?P<port>\d+))?|(?P<name>[^:]+)(?::(?P<number>\d+))?", bare)
    if match is None:
        return bare, None
    port = match["port"] or match["number"]
    return match["six"] or match["name"], int(port) if port else None
