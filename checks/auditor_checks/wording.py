"""How findings name the same thing everywhere, and fixes that two platforms share."""

from collections.abc import Iterator, Sequence

from auditor.api import (
    Accounting,
    Code,
    Community,
    Confidence,
    Facts,
    Fix,
    Gap,
    Known,
    Peer,
    Platform,
    ServiceKind,
    Setting,
    Source,
)

WEB = (ServiceKind.HTTP, ServiceKind.JSON_RPC, ServiceKind.RESTCONF, ServiceKind.GNMI)
"""Services that speak HTTP, with or without TLS."""

FAMILY = {4: "IPv4", 6: "IPv6", 0: "IPv4 and IPv6"}


def cisco(fix: Fix) -> dict[str, Fix]:
    """A fix in the grammar that IOS and IOS-XE share."""
    return {Platform.CISCO_IOS: fix, Platform.CISCO_IOSXE: fix}


def community(one: Community) -> str:
    """A community by its keyed fingerprint: the same between runs, and no way back to the string."""
    return f"community {one.secret.fingerprint[:8] or 'redacted in the capture'}"


def is_on(setting: Setting[bool]) -> bool:
    """Whether a setting is known to be on."""
    return isinstance(setting, Known) and setting.value


def accepts(setting: Setting[tuple[str, ...]]) -> tuple[str, ...]:
    """What a way in is known to accept."""
    return setting.value if isinstance(setting, Known) else ()


def closed(setting: Setting[tuple[str, ...]]) -> bool:
    """Whether a way in is known to accept nothing."""
    return isinstance(setting, Known) and not setting.value


def by_default(setting: Setting[bool]) -> str:
    """The citation of a default that a setting rests on, in words; empty where a line says it."""
    return f" by default ({setting.default})" if isinstance(setting, Known) and setting.default else ""


def confidence(setting: Setting[bool]) -> Confidence:
    """How sure a finding is that rests on a setting: what a default says is likely, what a line says is certain."""
    return Confidence.LIKELY if by_default(setting) else Confidence.CERTAIN


def told(one: Accounting) -> bool:
    """Whether a record of what somebody does leaves the device, or goes to its log."""
    unused = one.used_by is not None and not one.used_by
    return not one.off and not unused and any(group != "local" for group in one.groups)


EDGES = ("edge", "peering", "internet", "grx", "ipx", "transit", "upstream")
"""Roles of interfaces at which the operator's network ends."""
CORES = ("pe", "p", "core", "provider-edge", "edge", "rr", "peering")
"""Roles of devices that carry other people's traffic."""


def anywhere(facts: Facts) -> tuple[Source, ...]:
    """A line of the configuration that the absence of a statement can be shown at; the check needs Area.LOGGING."""
    vantage = facts.logging.vantage
    return (vantage,) if vantage else ()


MIN_PEERS = 3
"""Smallest group of one role that is compared (threats reference, 0.3)."""


def groups(peers: Sequence[Peer]) -> Iterator[tuple[str, list[Peer], Gap | None]]:
    """Devices by role, each group with the reason why it cannot be compared where it is too small."""
    by_role: dict[str, list[Peer]] = {}
    for peer in peers:
        by_role.setdefault(peer.role, []).append(peer)
    for role, rows in by_role.items():
        few = f"fewer than {MIN_PEERS} devices of role '{role}' to compare"
        reason = few if role else "the device has no role, so it has no peers"
        yield role, rows, None if role and len(rows) >= MIN_PEERS else Gap(Code.PEERS, reason)
