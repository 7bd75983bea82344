"""What the checks of lawful intercept share: who reaches the intercept MIBs, whether interception is in use, and wording.

No text here names an account, an address of a mediation device or a row of a table (lawful-intercept reference, R-LI-07),
and no fix tells anybody to take an intercept away: that is for the office that answers for it.
"""

import ipaddress
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from auditor.api import (
    Code,
    Declared,
    Facts,
    Filter,
    Fix,
    Gap,
    Known,
    LiRoot,
    Platform,
    SnmpGroup,
    SnmpUser,
    SnmpView,
    Source,
    Unknown,
    contains,
    listed,
)
from auditor_checks.wording import last_line

OFFICE = "Refer to the LI office before anything of interception is changed: it knows what is in use."
NO_BOOT_OPTIONS = "the switches stand in the boot options, which were not collected (document 'bof')"
NARROWEST = 29
"""Prefix length: whatever is wider holds more than the mediation devices of one site (reference, li-snmp-source-unrestricted)."""
NARROWEST_6 = 64
PROTECTED = ("ipsec", "macsec", "oob")


def office(commands: str = "", verify: str = "", caution: str = "") -> Fix:
    """A fix that begins with the office that answers for interception."""
    return Fix(commands or OFFICE, verify=verify, caution=f"{caution} {OFFICE}".strip() if commands else caution)


def everywhere(fix: Fix, *platforms: Platform) -> dict[str, Fix]:
    """One fix for several platforms."""
    return dict.fromkeys(platforms, fix)


CISCO = (Platform.CISCO_IOS, Platform.CISCO_IOSXE, Platform.CISCO_IOSXR)
ROUTERS = (*CISCO, Platform.JUNIPER_JUNOS, Platform.NOKIA_SROS)


class Principal(msgspec.Struct, frozen=True):
    """A group of SNMPv3 that reaches intercept MIBs."""

    group: SnmpGroup
    right: str
    """`write` or `read`."""
    view: str
    roots: tuple[LiRoot, ...]

    @property
    def lines(self) -> tuple[Source, ...]:
        """The group and what lets it through."""
        return (self.group.source, *dict.fromkeys(root.source for root in self.roots))

    @property
    def mibs(self) -> str:
        """The MIBs in words."""
        return ", ".join(root.mib for root in self.roots)


def principals(facts: Facts) -> Iterator[Principal]:
    """Every group whose view to write or read contains an intercept MIB; the stronger right once."""
    roots = {view.name: view.li_roots.need() for view in facts.snmp.views}
    for group in facts.snmp.groups:
        if facts.platform == Platform.NOKIA_SROS and group.context != "li":
            continue
        for right, view in (("write", group.write_view), ("read", group.read_view)):
            if roots.get(view):
                yield Principal(group, right, view, roots[view])
                break
    if facts.platform == Platform.CISCO_NXOS:
        yield from _by_roles(facts, roots)


def _by_roles(facts: Facts, roots: dict[str, tuple[LiRoot, ...]]) -> Iterator[Principal]:
    """NX-OS: users belong to roles, and a role whose rules name an object identifier is a view."""
    for user in facts.snmp.users:
        level = "priv" if user.privacy else "auth" if user.auth else "noauth"
        for role, source in ((user.group, user.source), *user.roles):
            found = roots.get(role, ())
            if found:
                right = "write" if any("read-write" in root.source.text for root in found) else "read"
                yield Principal(SnmpGroup(role, "v3", level, source), right, role, found)


def made_for_li(facts: Facts, one: Principal) -> bool:
    """Whether a group was made for interception: declared, or its view names an intercept MIB itself.

    On SR OS the tables are reached in a context of their own, whatever the view.
    """
    groups = facts.declared.li.snmp_groups
    return (
        facts.platform == Platform.NOKIA_SROS
        or any(not root.broad for root in one.roots)
        or (groups is not None and listed(groups, one.group.name))
    )


def li_groups(facts: Facts) -> list[Principal]:
    """The groups that were made for interception."""
    return [one for one in principals(facts) if made_for_li(facts, one)]


def capability(facts: Facts) -> tuple[Source, ...]:
    """Lines that set interception up; switches that only guard it are none."""
    found = (one.source for one in facts.intercept.statements if one.kind not in ("separation", "local-save"))
    return tuple(dict.fromkeys(found))


def started_by_radius(facts: Facts) -> bool:
    """Whether a statement lets RADIUS start interception; VRP has none, and takes the attributes all the same."""
    return facts.platform != Platform.HUAWEI_VRP and any(one.kind == "radius" for one in facts.intercept.statements)


def at_point(facts: Facts) -> bool:
    """Whether this is an interception point: declared, or set up as one.

    On Junos a class with a right of interception taps nothing without a service, which stands in the configuration.
    """
    if facts.platform == Platform.JUNIPER_JUNOS and all(one.kind == "li-user" for one in facts.intercept.statements):
        return facts.declared.li.point is True
    return facts.declared.li.point is True or bool(capability(facts))


def evidence(facts: Facts) -> tuple[Source, ...]:
    """The line that sets interception up, or else the one that shows that the configuration is whole."""
    return capability(facts)[:1] or last_line(facts)


def bare(source: Source, words: int = 2) -> Source:
    """A line with its first words only, as the rest names an account of interception.

    Inside `snmp-server vrf V` of IOS XR the address follows `host` at once.
    """
    found = source.text.split()
    text = " ".join(found[: 1 if found[:1] == ["host"] else words])
    return Source(source.document, source.line, source.end_line, f"{text} ...")


def users_of(facts: Facts, groups: Iterable[Principal]) -> list[SnmpUser]:
    """The SNMPv3 users of these groups, by the configuration and by the state."""
    names = {one.group.name for one in groups}
    seen = facts.state.snmp_users
    shown = seen.value if isinstance(seen, Known) else ()
    found = {user.name: user for user in (*facts.snmp.users, *shown) if user.group in names and not user.remote}
    return list(found.values())


def users_gap(facts: Facts) -> Gap | None:
    """Why the users are not known, if they are not."""
    unknown = facts.snmp.users_known
    if isinstance(unknown, Unknown) and isinstance(facts.state.snmp_users, Unknown):
        return Gap(unknown.code, unknown.reason)
    return None


def declared_receiver(facts: Facts, address: str) -> bool:
    """Whether an address is a declared mediation device or administration function."""
    receivers = facts.declared.li.receivers
    return receivers is not None and any(contains(one.value, address) for one in receivers)


def to_mediation(facts: Facts, address: str) -> bool:
    """Whether a copy or a way leads to a declared mediation device, on a device that may be an interception point."""
    return facts.declared.li.point is not False and declared_receiver(facts, address)


def no_receivers() -> Gap:
    """What a check yields where no mediation device was declared."""
    return Gap(
        Code.DECLARATION, "the operator declared no mediation devices (lawful_intercept.mediation_devices, .admf)"
    )


_KEY_ALONE = "crypto isakmp key"


def encrypted_ends(facts: Facts) -> list[str]:
    """Addresses and prefixes that IPsec is set up with: of its peers, and of tunnels that it protects.

    On IOS and IOS-XE `crypto isakmp key` encrypts nothing by itself: it counts where something else of IPsec stands beside it
    (a policy or a transform set, a bound crypto map, a keyring, a protected tunnel).
    """
    tunnels = [tunnel for tunnel in facts.tunnels.tunnels if tunnel.active and tunnel.protection]
    active = [peer for peer in facts.crypto.peers if peer.active]
    peers = [peer for peer in active if peer.name != _KEY_ALONE]
    if peers or tunnels or facts.crypto.proposals:
        peers = active
    return [address for address in (*(one.address for one in peers), *(one.remote for one in tunnels)) if address]


def looseness(filters: Sequence[Filter], receivers: tuple[Declared, ...] | None) -> str | Unknown:
    """Why these filters do not keep everybody but the mediation devices away; empty where they do.

    One filter that does is enough for its family of addresses. Without declared mediation devices a filter is as good as it is
    narrow.
    """
    if not filters:
        return "any source"
    families = {one.family for one in filters} - {0} or {0}
    reasons = [_family([one for one in filters if one.family in (family, 0)], receivers) for family in families]
    certain = [one for one in reasons if one and not isinstance(one, Unknown)]
    return next(iter((*certain, *(one for one in reasons if one))), "")


def _family(filters: Sequence[Filter], receivers: tuple[Declared, ...] | None) -> str | Unknown:
    said: str | Unknown = ""
    for one in filters:
        reason = _loose(one, receivers)
        if reason == "":
            return ""
        if not said or isinstance(reason, Unknown):
            said = reason
    return said


def _loose(one: Filter, receivers: tuple[Declared, ...] | None) -> str | Unknown:
    if not one.defined:
        return "any source: its list is not defined"
    if isinstance(one.any_source, Unknown):
        return one.any_source
    if one.any_source.value:
        return "any source: its list admits everybody"
    for entry in one.admitted:
        if receivers is not None and not any(contains(mine.value, entry.prefix) for mine in receivers):
            return "sources that are no declared mediation device"
        if receivers is None and _wide(entry.prefix):
            return f"a prefix wider than /{NARROWEST}"
    return ""


def _wide(prefix: str) -> bool:
    try:
        network = ipaddress.ip_network(prefix, strict=False)
    except ValueError:
        return False
    return network.prefixlen < (NARROWEST if network.version == 4 else NARROWEST_6)


def other_parts(view: SnmpView, roots: tuple[LiRoot, ...]) -> bool:
    """Whether a view holds more than intercept MIBs."""
    mine = {source for root in roots for source in (root.source, *root.more)}
    return any(entry.included and entry.source not in mine for entry in view.entries) or any(
        root.broad for root in roots
    )


def count(number: int, what: str) -> str:
    """`1 account`, `2 accounts`."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
