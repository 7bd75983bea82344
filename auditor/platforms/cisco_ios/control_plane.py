"""Policing and filtering of traffic to and from the device itself (syntax-ios-family A.4, A.8)."""

from auditor.model.areas import ControlPlane, Filter, ManagementInterface
from auditor.model.evidence import Known, Setting, Source
from auditor.platforms.cisco_ios.acls import Lists
from auditor.platforms.cisco_ios.context import Context
from auditor.platforms.cisco_ios.ports import Port
from auditor.syntax.tree import Node


def control_plane(context: Context, lists: Lists, ports: list[Port]) -> ControlPlane:
    """Read what guards the processor, and of policies which lists they use.

    `control-plane [host|transit|cef-exception]` with `service-policy {input|output} P` and `management-interface I
    allow PROTOCOL...`, `ip receive access-list A`, `ip local policy route-map R`, and `mgmt-traffic control {ipv4|ipv6}`.
    """
    reader = context.reader
    sources: list[Source] = []
    management: list[ManagementInterface] = []
    policies: dict[str, list[Source]] = {}
    for _, node in reader.take("control-plane"):
        sources.append(reader.source(node))
        for words, inner in reader.take("service-policy", node):
            if len(words) > 1:
                policies.setdefault(words[0], []).append(reader.source(inner))
                context.refer("policy-map", words[1], node.text, reader.source(inner), direction=words[0])
        for words, inner in reader.take("management-interface", node):
            if len(words) > 1:
                management.append(ManagementInterface(words[0], tuple(words[2:]), reader.source(inner)))
    own = [reader.source(node) for node in reader.find("ip local policy route-map")]
    filters = _received(context, lists)
    _policy_maps(context, ports)
    held = [*policies.get("input", ()), *(bound.bound for bound in filters)]
    return ControlPlane(
        policed=_known(context, held),
        filters=tuple(filters),
        management=(*management, *_managed(context)),
        egress=_known(context, [*policies.get("output", []), *own]),
        sources=tuple(sources),
    )


def _known(context: Context, lines: list[Source]) -> Setting[bool]:
    return Known(True, tuple(lines)) if lines else context.absent("control-plane service-policy", bool)


def _received(context: Context, lists: Lists) -> list[Filter]:
    found = []
    for words, node in context.reader.take("ip receive access-list"):
        if words:
            source = context.reader.source(node)
            context.refer("access-list", words[-1], "packets to the device", source, 4, "in")
            found.append(lists.on_interface(words[-1], 4, source))
    return found


def _managed(context: Context) -> list[ManagementInterface]:
    """`mgmt-traffic control {ipv4|ipv6}` > `interface I`, `protocol P`, `address A`, each repeated (XE 17.18)."""
    reader = context.reader
    found = []
    for _, node in reader.take("mgmt-traffic control"):
        reader.use_block(node)
        parts = [(inner, inner.text.split(None, 1)) for inner in node.walk()]
        values: dict[str, list[str]] = {}
        for _, words in parts:
            if len(words) > 1:
                values.setdefault(words[0], []).append(words[1])
        found += [
            ManagementInterface(
                name, tuple(values.get("protocol", ("all",))), reader.source(node), tuple(values.get("address", ()))
            )
            for name in values.get("interface", [""])
        ]
    return found


def _policy_maps(context: Context, ports: list[Port]) -> None:
    """What selects packets for policies.

    `class-map C` > `match access-group [name] A`, `policy-map P` > `class C`, and `service-policy {input|output} P`.
    """
    reader = context.reader
    for words, node in reader.take("class-map"):
        reader.use_block(node)
        where = f"class-map {words[-1] if words else ''}"
        for inner in node.children:
            parts = inner.text.split()
            if parts[:2] == ["match", "access-group"] and len(parts) > 2:
                context.refer("access-list", parts[-1], where, reader.source(inner))
    for words, node in reader.take("policy-map"):
        reader.use_block(node)
        for inner in node.walk():
            _in_policy(context, words[-1] if words else "", inner)
    for port in ports:
        for node in port.block.all("service-policy"):
            words = node.text.split()
            if len(words) > 2:
                context.refer(
                    "policy-map", words[-1], f"interface {port.name}", reader.source(node), direction=words[1]
                )


def _in_policy(context: Context, name: str, node: Node) -> None:
    parts = node.text.split()
    if parts[0] == "class" and len(parts) > 1 and parts[-1] != "class-default":
        context.refer("class-map", parts[-1], f"policy-map {name}", context.reader.source(node))
    elif parts[0] == "service-policy" and len(parts) > 1:
        context.refer("policy-map", parts[-1], f"policy-map {name}", context.reader.source(node))
