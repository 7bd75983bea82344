"""Collects from the devices of an inventory: several at once, bounded in time, in the order of the inventory."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import msgspec

from auditor.collect.credentials import CredentialError, Hidden, Resolver
from auditor.collect.files import MAX_BYTES
from auditor.collect.ssh import Limits, Login, Stop, collect_ssh
from auditor.model.device import AUTO, Device
from auditor.model.snapshot import CollectionError, Document, Snapshot
from auditor.platforms.common.definition import PlatformDefinition
from auditor.platforms.common.redaction import redact
from auditor.syntax.text import is_binary

Probe = Callable[[str], Document]
"""Address -> what a network service answered."""


class LoginData(msgspec.Struct, frozen=True):
    """User name and references of a credential, as the inventory has them."""

    username: str
    password: str = ""
    enable: str = ""
    key_file: str = ""


class Collection(msgspec.Struct, frozen=True):
    """What is collected from, and how."""

    devices: Sequence[Device]
    definitions: Mapping[str, PlatformDefinition]
    credentials: Mapping[str, LoginData]
    known_hosts: Path
    folder: Path
    """Folder that relative paths of saved configurations start from."""
    workers: int = 10
    limits: Limits = Limits()
    probes: tuple[Probe, ...] = ()
    probed_platforms: frozenset[str] = frozenset()


def collect(plan: Collection) -> Iterator[Snapshot]:
    """A snapshot of every device, in order. When the consumer stops, no device is begun and open connections are cut."""
    resolver = Resolver()
    stop = Stop()
    with ThreadPoolExecutor(max_workers=max(1, plan.workers), thread_name_prefix="collect") as pool:
        waiting: deque[Future[Snapshot]] = deque()
        try:
            for device in plan.devices:
                waiting.append(pool.submit(_one, device, plan, resolver, stop))
                if len(waiting) >= plan.workers * 2:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            stop.set()
            for future in waiting:
                future.cancel()


def _one(device: Device, plan: Collection, resolver: Resolver, stop: Stop) -> Snapshot:
    if stop.stopped:
        return _failed(device, "not collected: the run was interrupted")
    try:
        snapshot = _from_file(device, plan) if device.config else _from_device(device, plan, resolver, stop)
    except Exception as error:  # noqa: BLE001  one device must not take the others with it
        snapshot = _failed(device, f"collection failed: {type(error).__name__}")
    try:
        return _probed(snapshot, plan)
    except Exception as error:  # noqa: BLE001  nor a probe what was collected
        fault = CollectionError(f"a probe failed: {type(error).__name__}")
        return msgspec.structs.replace(snapshot, errors=(*snapshot.errors, fault))


def _from_device(device: Device, plan: Collection, resolver: Resolver, stop: Stop) -> Snapshot:
    definition = plan.definitions.get(device.platform)
    if definition is None:
        wanted = (
            "the platform of a device that is logged in to has to be named"
            if device.platform == AUTO
            else "unknown platform"
        )
        return _failed(device, wanted)
    data = plan.credentials.get(device.credential)
    if data is None:
        return _failed(device, "no credential is named for this device")
    try:
        password = resolver.resolve(_prompted(data.password, "Password", device.credential))
        enable = resolver.resolve(_prompted(data.enable, "Enable password", device.credential))
    except CredentialError as error:
        return _failed(device, f"credential '{device.credential}': {error}")
    return collect_ssh(_login(device, data, password, enable, plan), definition, stop)


def _prompted(reference: str, what: str, credential: str) -> str:
    """A bare `prompt:` names what it asks for, so that two credentials never share one answer."""
    return f"prompt:{what} of credential {credential}" if reference == "prompt:" else reference


def _login(device: Device, data: LoginData, password: Hidden, enable: Hidden, plan: Collection) -> Login:
    return Login(
        device=device,
        username=data.username,
        password=password,
        enable=enable,
        key_file=data.key_file,
        known_hosts=plan.known_hosts,
        limits=plan.limits,
    )


def _from_file(device: Device, plan: Collection) -> Snapshot:
    """A saved configuration in place of a login; evidence cites its path."""
    path = plan.folder / device.config
    try:
        if path.exists() and not path.is_file():
            return _failed(device, "no regular file", device.config)
        if path.stat().st_size > MAX_BYTES:
            return _failed(device, f"larger than the limit of {MAX_BYTES} bytes", device.config)
        content = redact(path.read_bytes(), device.platform, device.name)
    except OSError as error:
        return _failed(device, f"cannot be read: {error.strerror}", device.config)
    if not content.strip():
        return _failed(device, "the file is empty", device.config)
    if is_binary(content):
        return _failed(device, "the file is binary, no configuration", device.config)
    return Snapshot(device, (Document(name=device.config, content=content, collected_by="files"),))


def _probed(snapshot: Snapshot, plan: Collection) -> Snapshot:
    """With the answers of network services; only addresses of the inventory are ever asked."""
    device = snapshot.device
    if not plan.probes or not device.address or device.platform not in plan.probed_platforms:
        return snapshot
    answers = tuple(probe(device.address) for probe in plan.probes)
    return msgspec.structs.replace(snapshot, documents=snapshot.documents + answers)


def _failed(device: Device, reason: str, document: str = "") -> Snapshot:
    return Snapshot(device, errors=(CollectionError(reason, document=document),))
