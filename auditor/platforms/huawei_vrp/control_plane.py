"""What reaches the processor (syntax-other-families D8)."""

from auditor.model.areas import ControlPlane, Filter, ManagementInterface
from auditor.model.evidence import Known, Setting, Source, Unknown
from auditor.platforms.huawei_vrp.acls import unclear
from auditor.platforms.huawei_vrp.config import Config
from auditor.platforms.huawei_vrp.defaults import BUILTIN_POLICING
from auditor.platforms.huawei_vrp.words import interface
from auditor.syntax.tree import Node

_SOURCES = (
    ("ssh server-source", "ssh"),
    ("ssh server permit interface", "ssh"),
    ("telnet server-source", "telnet"),
    ("telnet server permit interface", "telnet"),
    ("ftp server-source", "ftp"),
    ("http server-source", "http"),
    ("http server permit interface", "http"),
    ("snmp-agent protocol source-interface", "snmp"),
)


def control_plane(config: Config) -> ControlPlane:
    """Read `cpu-defend policy P`, `cpu-defend-policy P [global]`, `ma-defend ...`, `management-plane isolate enable`, `X server-source -i I`."""
    filters: list[Filter] = []
    applied: list[Source] = []
    for node in _applied(config):
        config.reader.use(node)
        applied.append(config.reader.source(node))
    defined = list(config.reader.find("cpu-defend policy"))
    for block in defined:
        for node in block.children:
            _statement(config, filters, block, node)
        config.reader.use(block)
    for start in ("ma-defend", "management-plane"):
        for node in config.reader.find(start):
            config.reader.use_block(node)
            applied.append(config.reader.source(node))
    return ControlPlane(
        policed=_policed(config, applied),
        builtin=BUILTIN_POLICING,
        filters=tuple(filters) if applied else (),
        management=tuple(_management(config)),
        sources=(*(config.reader.source(block) for block in defined), *applied),
    )


def _applied(config: Config) -> list[Node]:
    found = list(config.reader.find("cpu-defend-policy"))
    for start in ("slot", "interface"):
        found += [node for _, node in config.inside(start) if node.text.startswith(("cpu-defend-policy ", "ma-defend"))]
    return found


def _statement(config: Config, filters: list[Filter], block: Node, node: Node) -> None:
    """`blacklist N acl A`, `whitelist N acl A`, `car ...`, `deny packet-type P`, `user-defined-flow N acl A`."""
    words = node.words
    source = config.reader.source(node)
    if words[0] in ("blacklist", "whitelist", "user-defined-flow", "car", "deny", "description", "auto-defend", "priority", "process-sequence",
                    "linkup-car", "packet-type", "undo", "auto-port-defend", "port-type", "queue", "alarm", "host-car", "total-packet",
                    "tcpip-defend", "fib-hit", "tcp-syn"):  # fmt: skip
        config.reader.use(node)
    if "acl" in words[:-1]:
        name = words[-1]
        where = f"control-plane {block.words[-1]}"
        if words[0] == "whitelist":
            filters.append(config.lists.bind(name, 4, where, source, unclear("cpu-defend", source), "in"))
        else:
            config.lists.use(name, 4, where, source, "in", forwards=True)


def _policed(config: Config, applied: list[Source]) -> Setting[bool]:
    if applied:
        return Known(True, tuple(applied))
    if isinstance(config.complete, Unknown):
        return config.complete
    return Known(False)


def _management(config: Config) -> list[ManagementInterface]:
    found = []
    for start, protocol in _SOURCES:
        for words, node in config.reader.take(start):
            name = interface([word for word in words if word not in ("-i", "ipv6", "all-interface")])[0]
            if name:
                found.append(ManagementInterface(name, (protocol,), config.reader.source(node)))
    for port in config.having("management-interface"):
        for node in port.all("management-interface"):
            config.reader.use(node)
            found.append(ManagementInterface(port.name, ("all",), config.reader.source(node)))
    return found
