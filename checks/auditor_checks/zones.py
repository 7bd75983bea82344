"""What interfaces face whom, as far as the operator declared it."""

from collections.abc import Iterable, Iterator

from auditor.api import Code, Facts, Gap, Interface, network

OUTSIDE = ("edge", "peering", "customer", "grx", "internet")
"""Roles of interfaces whose other end belongs to somebody else."""

FACING = ("core", *OUTSIDE)
"""Roles of interfaces that say what a link faces; every other word is the name of a plane."""
GLOBAL = ("", "default", "global", "main", "Base", "master")
"""What platforms call the table that is no VRF."""
FORWARDED = "traffic that is forwarded"
"""Where a firewall is bound that stands before everything that passes the device."""


class Roles:
    """The declared roles of the interfaces of a device."""

    def __init__(self, facts: Facts) -> None:
        self._declared = facts.declared
        self._ports = {port.name: port.description for port in facts.interfaces.interfaces}

    def of(self, one: Interface) -> str:
        """The role of an interface; a unit without a description of its own has that of its port."""
        description = one.description or self._ports.get(one.name.rpartition(".")[0], "")
        return self._declared.interface_role(one.name, description)


def facing(facts: Facts, *wanted: str) -> Iterator[tuple[Interface, str]]:
    """The interfaces of these roles that are up and carry IP, each with its role."""
    roles = Roles(facts)
    for one in facts.interfaces.interfaces:
        if not one.shutdown and (one.addresses or one.dynamic):
            role = roles.of(one)
            if role in wanted:
                yield one, role


def roles_unknown(facts: Facts) -> bool:
    """Whether the operator did not say which interfaces face whom. A device that was not read is unknown for that."""
    _ = facts.interfaces
    return facts.declared.interface_roles is None


def no_roles() -> Gap:
    """What a check yields where the operator did not say which interfaces face whom."""
    return Gap(Code.DECLARATION, "the operator declared no roles of interfaces (interfaces)")


def not_probed(what: str) -> Gap:
    """What a check of the outside view yields: a configuration alone cannot show that nothing answers."""
    return Gap(Code.VANTAGE, f"no probe from a declared vantage point shows {what}")


def families(one: Interface) -> list[int]:
    """The address families that an interface carries; one that gets its address by itself carries IPv4."""
    found = {net.version for net in map(network, one.addresses) if net is not None}
    return sorted(found | ({4} if one.dynamic else set()))


def filtered_as_a_whole(facts: Facts) -> set[int]:
    """The address families of which a firewall sees all that is forwarded, whatever interface it comes in by."""
    return of_both(one.family for one in facts.acls.lists if any(place.where == FORWARDED for place in one.bindings))


def of_both(found: Iterable[int]) -> set[int]:
    """Address families, where 0 stands for both."""
    families = set(found)
    return {4, 6} if 0 in families else families
