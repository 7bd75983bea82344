"""Layer-2 services towards other devices."""

from auditor.model.areas import Pseudowire, Pseudowires
from auditor.platforms.nokia_srlinux.reading import SrlReader
from auditor.platforms.nokia_srlinux.tree import Element

_KINDS = {"vpws": "pseudowire", "mac-vrf": "evpn"}


def pseudowires(reader: SrlReader) -> Pseudowires:
    """EVPN services and pseudowires.

    Read `network-instance N type mac-vrf|vpws protocols bgp-evpn bgp-instance I evi E`, `network-instance N interface S`,
    `tunnel pseudowire-tunnel tunnel P remote-system A` (model srl_nokia-pw-tunnel).
    """
    found = []
    for instance in reader.root.all("network-instance"):
        kind = instance.leaf("type")
        for one in instance.at("protocols", "bgp-evpn").all("bgp-instance"):
            if kind in _KINDS:
                found.append(_evpn(reader, instance, one, _KINDS[kind]))
    for one in reader.root.at("tunnel", "pseudowire-tunnel").all("tunnel"):
        one.use_all()
        found.append(
            Pseudowire(
                one.key, "pseudowire", reader.source(one), peer=one.leaf("remote-system"), sources=reader.inside(one)
            )
        )
    return Pseudowires(tuple(found))


def _evpn(reader: SrlReader, instance: Element, one: Element, kind: str) -> Pseudowire:
    one.use_all()
    places = tuple(place.key for place in instance.all("interface"))
    return Pseudowire(
        name=f"{instance.key} {one.key}",
        kind=kind,
        source=reader.source(one),
        id=one.leaf("evi"),
        attachments=places,
        sources=reader.inside(one),
        active=instance.leaf("admin-state", "enable") == "enable" and one.leaf("admin-state", "enable") == "enable",
    )
