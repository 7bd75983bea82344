"""How findings name the same thing everywhere, and fixes that two platforms share."""

from auditor.api import Community, Fix, Known, Platform, ServiceKind, Setting

WEB = (ServiceKind.HTTP, ServiceKind.JSON_RPC, ServiceKind.RESTCONF, ServiceKind.GNMI)
"""Services that speak HTTP, with or without TLS."""

FAMILY = {4: "IPv4", 6: "IPv6", 0: "IPv4 and IPv6"}


def cisco(fix: Fix) -> dict[str, Fix]:
    """A fix in the grammar that IOS and IOS-XE share."""
    return {Platform.CISCO_IOS: fix, Platform.CISCO_IOSXE: fix}


def community(one: Community) -> str:
    """A community by its keyed fingerprint: the same between runs, and no way back to the string."""
    unnamed = "that the system ships" if one.secret.trivial else "redacted in the capture"
    return f"community {one.secret.fingerprint[:8] or unnamed}"


def is_on(setting: Setting[bool]) -> bool:
    """Whether a setting is known to be on."""
    return isinstance(setting, Known) and setting.value


def is_off(setting: Setting[bool]) -> bool:
    """Whether a setting is known to be off."""
    return isinstance(setting, Known) and not setting.value


def accepts(setting: Setting[tuple[str, ...]]) -> tuple[str, ...]:
    """What a way in is known to accept."""
    return setting.value if isinstance(setting, Known) else ()


def closed(setting: Setting[tuple[str, ...]]) -> bool:
    """Whether a way in is known to accept nothing."""
    return isinstance(setting, Known) and not setting.value


def by_default(setting: Setting[bool] | Setting[tuple[str, ...]]) -> str:
    """How a finding says that it rests on a documented default; empty where a line says it."""
    return f" by default ({setting.default})" if isinstance(setting, Known) and setting.default else ""
