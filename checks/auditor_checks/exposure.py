"""Where a device meets others, as far as the declarations of interface roles tell."""

from collections.abc import Sequence

from auditor.api import Facts, NotKnownError

OUTSIDE = ("internet", "peering", "customer", "grx")
"""Roles of interfaces that face people who are not the operator."""
_GLOBAL = ("default", "Base")
"""Names of the routing table that an interface without a VRF is in."""


def faces_outside(facts: Facts, vrfs: Sequence[str] = ()) -> str:
    """An interface that is up, that outsiders stand at and that reaches one of the VRFs (any where none is named)."""
    if facts.declared.interface_roles is None:
        return ""
    try:
        interfaces = facts.interfaces.interfaces
    except NotKnownError:
        return ""
    for one in interfaces:
        role = facts.declared.interface_role(one.name, one.description)
        reaches = not vrfs or one.vrf in vrfs or (not one.vrf and any(name in vrfs for name in _GLOBAL))
        if role in OUTSIDE and not one.shutdown and reaches:
            return f"{one.name} faces {role}"
    return ""
