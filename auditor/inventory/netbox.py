"""NetBox by its REST interface, read with pynetbox (netboxlabs.com/docs/netbox/integrations/rest-api).

A token is a reference that the caller has resolved; it needs the right to view devices and nothing else. Requests are
reads of `/api/dcim/devices/` alone, page by page.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from auditor.inventory.listed import InventoryError, Listed, Listing, words

_SECONDS = 30


def read_netbox(url: str, token: str, filters: Mapping[str, str], path: Path, certificates: str = "") -> Listing:
    """The devices that fit the filters. One without a name or a primary address is left out, with a note."""
    try:
        import pynetbox  # noqa: PLC0415  an extra
        import requests  # noqa: PLC0415
    except ImportError as error:
        raise InventoryError(f"{path}: reading NetBox needs the extra 'netbox'") from error
    session = requests.Session()
    session.verify = certificates or True
    session.request = _bounded(session.request)  # type: ignore[method-assign]
    try:
        api = pynetbox.api(url, token=token)
        api.http_session = session
        devices = list(api.dcim.devices.filter(**filters) if filters else api.dcim.devices.all())
    except pynetbox.RequestError as error:
        raise InventoryError(f"{path}: NetBox refuses: {error.req.status_code} {error.req.reason}") from error
    except (requests.RequestException, ValueError) as error:
        raise InventoryError(f"{path}: NetBox at {url} does not answer: {type(error).__name__}") from error
    found, notes = [], []
    for device in devices:
        name, address = words(device.name), _address(device)
        if not name or not address:
            notes.append(f"{path}: device {name or device.id} of NetBox is left out: it has no name or primary address")
            continue
        found.append(
            Listed(
                name=name,
                line=0,
                platform=_slug(device, "platform"),
                address=address,
                role=_slug(device, "role") or _slug(device, "device_role"),
                site=_slug(device, "site"),
                groups=tuple(words(getattr(tag, "slug", tag)) for tag in getattr(device, "tags", None) or ()),
            )
        )
    return Listing(path, tuple(found), tuple(notes))


def _bounded(request: Any) -> Any:  # noqa: ANN401  a bound method of another library
    """Requests that do not wait for ever."""

    def bounded(*words: Any, **more: Any) -> Any:  # noqa: ANN401
        more.setdefault("timeout", _SECONDS)
        return request(*words, **more)

    return bounded


def _slug(device: Any, field: str) -> str:  # noqa: ANN401  records of pynetbox
    value = getattr(device, field, None)
    return words(getattr(value, "slug", "")) if value is not None else ""


def _address(device: Any) -> str:  # noqa: ANN401
    primary = getattr(device, "primary_ip", None) or getattr(device, "primary_ip4", None)
    return words(getattr(primary, "address", "")).partition("/")[0] if primary is not None else ""
