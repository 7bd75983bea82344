"""Where a device meets others, as far as the declarations of interface roles tell."""

from collections.abc import Sequence

from auditor.api import Facts, NotKnownError
from auditor_checks.zones import GLOBAL

OUTSIDE = ("internet", "peering", "customer", "grx")
"""Roles of interfaces that face people who are not the operator."""


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
        reaches = not vrfs or one.vrf in vrfs or (one.vrf in GLOBAL and not set(GLOBAL).isdisjoint(vrfs))
        if role in OUTSIDE and not one.shutdown and reaches:
            return f"{one.name} faces {role}"
    return ""
