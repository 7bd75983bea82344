"""How findings name the same thing everywhere, and fixes that two platforms share."""

import re
from typing import TypeVar

from auditor.api import (
    Community,
    Confidence,
    Dialout,
    Facts,
    Fix,
    Gap,
    Known,
    Platform,
    ScriptTrait,
    ServiceKind,
    Setting,
    Source,
    Unknown,
    contains,
)

T = TypeVar("T")

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


def gap(unknown: Unknown) -> Gap:
    """A value that is not known, as what a check says of it where it goes on with the next object."""
    return Gap(unknown.code, unknown.reason)


def by_default(setting: Setting[T]) -> str:
    """The citation, where a value is a documented default and no line says it."""
    return f" by default ({setting.default})" if isinstance(setting, Known) and setting.default else ""


def sureness(setting: Setting[T]) -> Confidence:
    """What rests on a documented default is likely, what a line says is certain."""
    return Confidence.LIKELY if isinstance(setting, Known) and setting.default else Confidence.CERTAIN


def instead(facts: Facts, *sources: Source) -> tuple[Source, ...]:
    """The lines; for what no line says, those that tell the release or that the configuration is whole."""
    known = [one.sources for one in (facts.os_version, facts.complete) if isinstance(one, Known)]
    return sources or next((found for found in known if found), ())


TAMPERS = frozenset(
    ("switches logging off", "clears logs", "changes accounts", "changes access lists", "changes filters")
)
"""What on-box code does that is a sign of an intrusion even where the code is declared."""


def deeds(traits: tuple[ScriptTrait, ...]) -> list[str]:
    """What on-box code does, each once; how it is authorized is no deed."""
    return list(dict.fromkeys(one.what for one in traits if one.what != "runs without command authorization"))


_NOBODYS = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "fc00::/7", "fe80::/10")


def host_of(address: str) -> str:
    """The host of an address that may be a URL or carry a port."""
    host = re.sub(r"^[a-z][a-z0-9+.-]*://", "", address).partition("/")[0].rpartition("@")[2]
    return (
        host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0] if host.count(":") == 1 else host
    )


def is_foreign(facts: Facts, address: str) -> bool:
    """Whether an address is known to lie outside of the operator's space, and is none of those that nobody owns."""
    outside = facts.declared.in_operator_space(address) is False
    return outside and not any(contains(prefix, address) for prefix in _NOBODYS)


def dialled(one: Dialout) -> tuple[Source, ...]:
    """The lines of a connection that the device opens by itself."""
    return tuple(dict.fromkeys((*one.sources, one.source)))
