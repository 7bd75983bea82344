"""VXLAN interfaces, GRE by policy and next-hop groups, SR policies."""

from collections.abc import Iterator

from auditor.model.areas import Tunnel, Tunnels
from auditor.platforms.nokia_srlinux.reading import SrlReader
from auditor.platforms.nokia_srlinux.tree import Element


def tunnels(reader: SrlReader) -> Tunnels:
    """Tunnels of every kind that the model has.

    Read `tunnel-interface T vxlan-interface N type bridged ingress vni V egress destination-groups group G destination ..`,
    `network-instance N policy-forwarding policy P rule R action encapsulate-gre target T destination A`,
    `network-instance N next-hop-groups group G nexthop N gre destination-ip A`.
    """
    found = [tunnel for one in reader.root.all("tunnel-interface") for tunnel in _vxlan(reader, one)]
    for instance in reader.root.all("network-instance"):
        found += _policy(reader, instance)
        found += _groups(reader, instance)
        found += _decapsulation(reader, instance)
    return Tunnels(tuple(found))


def _vxlan(reader: SrlReader, element: Element) -> Iterator[Tunnel]:
    """A VXLAN interface, once for each end that is written; EVPN writes none."""
    for one in element.all("vxlan-interface"):
        one.use("ingress", "egress", "bridge-table", "type")
        groups = one.at("egress", "destination-groups").all("group")
        ends = [end for group in groups for place in group.all("destination") for end in _ends(place)]
        for end in ends or [""]:
            yield Tunnel(
                name=f"{element.key}.{one.key}",
                mode="vxlan",
                source=reader.source(one),
                sources=reader.inside(one),
                remote=end,
            )


def _ends(destination: Element) -> list[str]:
    """The address of a static end: a leaf of the destination, or the key of a list below it."""
    written = destination.leaf("vtep")
    return [written] if written else [one.key for one in destination.all("vtep")]


def _policy(reader: SrlReader, instance: Element) -> Iterator[Tunnel]:
    for policy in instance.at("policy-forwarding").all("policy"):
        for rule in policy.all("rule"):
            for one in rule.at("action", "encapsulate-gre").all("target"):
                one.use("ip-ttl")
                yield Tunnel(
                    name=f"{policy.key} rule {rule.key} target {one.key}",
                    mode="gre",
                    source=reader.source(one),
                    sources=reader.inside(one),
                    remote=one.leaf("destination"),
                    local=one.leaf("source"),
                    remote_source=reader.at(one, "destination"),
                    vrf=instance.key,
                )


def _groups(reader: SrlReader, instance: Element) -> Iterator[Tunnel]:
    for group in instance.at("next-hop-groups").all("group"):
        for one in group.all("nexthop"):
            gre = one.at("gre")
            if gre.exists:
                yield Tunnel(
                    name=f"{group.key} {one.key}",
                    mode="gre",
                    source=reader.source(gre),
                    sources=reader.inside(one),
                    remote=gre.leaf("destination-ip"),
                    local=gre.leaf("source-ip"),
                    remote_source=reader.at(gre, "destination-ip"),
                    vrf=instance.key,
                )


def _decapsulation(reader: SrlReader, instance: Element) -> Iterator[Tunnel]:
    """`ip-tunnel-decapsulation`: packets that anybody encapsulated towards these addresses are taken in."""
    for one in instance.at("ip-tunnel-decapsulation").kids:
        one.use_all()
        yield Tunnel(
            name=f"decapsulation {one.name} {one.key}".strip(),
            mode="gre",
            source=reader.source(one),
            sources=reader.inside(one),
            vrf=instance.key,
            server=True,
        )
