"""What reaches the device's own processor, and what may leave it."""

import msgspec

from auditor.model.areas.filters import Filter
from auditor.model.evidence import Code, Known, Setting, Source, Unknown


class ManagementInterface(msgspec.Struct, frozen=True):
    """An interface that management is limited to (MPP, management-interface, mgmt-traffic control)."""

    interface: str
    protocols: tuple[str, ...]
    """In the device's words; `all` where every protocol is meant."""
    source: Source
    admitted: tuple[str, ...] = ()
    """Prefixes that may come in over it; empty for any."""


class ControlPlane(msgspec.Struct, frozen=True):
    """Policing and filtering of traffic to the device itself."""

    policed: Setting[bool] = Unknown(Code.CUT, "control-plane policing is not read on this platform")
    """Packets to the processor are policed or filtered by a configured policy."""
    builtin: str = ""
    """Citation, where the platform polices by itself (XR LPTS, EOS, SR OS, VRP)."""
    filters: tuple[Filter, ...] = ()
    """Lists that packets to the device must pass (lo0 filter, CPM filter, input chain)."""
    management: tuple[ManagementInterface, ...] = ()
    egress: Setting[bool] = Known(False)
    """What the device itself sends is filtered."""
    sources: tuple[Source, ...] = ()
