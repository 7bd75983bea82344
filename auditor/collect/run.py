"""Collects from the devices of an inventory: several at once, bounded in time, in the order of the inventory."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

import msgspec

from auditor.collect.credentials import CredentialError, Resolver
from auditor.collect.documents import JOINED
from auditor.collect.files import MAX_BYTES, REFUSED_HEAD, refused
from auditor.collect.gate import Gate, Pace
from auditor.collect.link import Stop
from auditor.collect.login import Limits, Login, SnmpUser
from auditor.collect.ssh import collect_ssh
from auditor.collect.windows import is_open
from auditor.model.device import AUTO, Device
from auditor.model.snapshot import CollectionError, Document, Snapshot
from auditor.platforms.common.definition import PlatformDefinition
from auditor.platforms.redaction.redaction import joined, redact
from auditor.syntax.text import is_binary

Probe = Callable[[str], Document]
"""Address -> what a network service answered."""


class LoginData(msgspec.Struct, frozen=True):
    """User name and references of a credential, as the inventory has them."""

    username: str
    password: str = ""
    enable: str = ""
    key_file: str = ""
    agent: bool = False
    otherwise: str = ""
    """Name of the credential that is tried once where this one was refused."""
    community: str = ""
    auth: str = "sha256"
    auth_password: str = ""
    privacy: str = "aes128"
    privacy_password: str = ""
    port: int = 161


class JumpHost(msgspec.Struct, frozen=True):
    """A host that is logged in to on the way."""

    name: str
    address: str
    port: int = 22
    credential: str = ""


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
    pace: Pace | None = None
    """How gentle; without it, as many at once as there are workers, also at one site."""
    probes: tuple[Probe, ...] = ()
    probed_platforms: frozenset[str] = frozenset()
    jumps: Mapping[str, JumpHost] = {}


def collect(plan: Collection) -> Iterator[Snapshot]:
    """A snapshot of every device, in order. When the consumer stops, no device is begun and open connections are cut."""
    gate = _gate(plan)
    waiting: dict[int, Snapshot] = {}
    ahead = 4 * _visitors(plan)
    gate.ahead(ahead)
    ready = 0
    with closing(_visits(plan, gate)) as visits:
        for index, snapshot in visits:
            waiting[index] = snapshot
            while ready in waiting:
                yield waiting.pop(ready)
                ready += 1
                gate.ahead(ready + ahead)


def collect_as_done(plan: Collection) -> Generator[tuple[int, Snapshot]]:
    """(index, snapshot) of every device as soon as it is there; ends like `collect`.

    A device counts as being visited until the consumer asks for the next one: of what the consumer writes down, no more
    than the devices in flight can be lost.
    """
    gate = _gate(plan)
    gate.ahead(len(plan.devices))
    return _visits(plan, gate)


def _gate(plan: Collection) -> Gate:
    return Gate(plan.devices, plan.pace or Pace(total=plan.workers, site=plan.workers, per_second=0.0))


def _visitors(plan: Collection) -> int:
    return min(max(1, plan.pace.total if plan.pace else plan.workers), len(plan.devices))


def _visits(plan: Collection, gate: Gate) -> Generator[tuple[int, Snapshot]]:
    stop = Stop()
    resolver = Resolver()
    results: SimpleQueue[tuple[int, Snapshot]] = SimpleQueue()

    def visit() -> None:
        while (index := gate.take()) is not None:
            results.put((index, _one(plan.devices[index], plan, resolver, stop, gate)))

    threads = [Thread(target=visit, name=f"collect {one}", daemon=True) for one in range(_visitors(plan))]
    for thread in threads:
        thread.start()
    try:
        for _ in plan.devices:
            index, snapshot = results.get()
            yield index, snapshot
            gate.done(index)
    finally:
        gate.stop()
        stop.set()
        for thread in threads:
            thread.join()


def _one(device: Device, plan: Collection, resolver: Resolver, stop: Stop, gate: Gate) -> Snapshot:
    if stop.stopped:
        return _failed(device, "not collected: the run was interrupted")
    try:
        snapshot = _from_file(device, plan) if device.config else _from_device(device, plan, resolver, stop, gate)
    except Exception as error:  # noqa: BLE001  one device must not take the others with it
        snapshot = _failed(device, f"collection failed: {type(error).__name__}")
    try:
        return _probed(snapshot, plan)
    except Exception as error:  # noqa: BLE001  nor a probe what was collected
        fault = CollectionError(f"a probe failed: {type(error).__name__}")
        return msgspec.structs.replace(snapshot, errors=(*snapshot.errors, fault))


def _from_device(device: Device, plan: Collection, resolver: Resolver, stop: Stop, gate: Gate) -> Snapshot:
    definition = plan.definitions.get(device.platform)
    if definition is None:
        wanted = (
            "the platform of a device that is logged in to has to be named"
            if device.platform == AUTO
            else "unknown platform"
        )
        return _failed(device, wanted)
    if not is_open(device.window, datetime.now()):
        return _failed(device, f"not visited: its maintenance window ({device.window}) is closed")
    if closed := gate.closed(device.credential):
        return _failed(device, closed)
    try:
        login = _login(device, device.credential, plan, resolver)
    except CredentialError as error:
        return _failed(device, str(error))
    return collect_ssh(login, definition, stop, lambda accepted: gate.heard(device.credential, accepted=accepted))


def _login(device: Device, credential: str, plan: Collection, resolver: Resolver, *, first: bool = True) -> Login:
    """Everything that the login needs, with its secrets. CredentialError where one is not to be had."""
    data = plan.credentials.get(credential)
    if data is None:
        raise CredentialError("no credential is named for this device")
    try:
        login = Login(
            device=device,
            username=data.username,
            password=resolver.resolve(_prompted(data.password, "Password", credential)),
            enable=resolver.resolve(_prompted(data.enable, "Enable password", credential)),
            key_file=data.key_file,
            known_hosts=plan.known_hosts,
            limits=plan.limits,
            agent=data.agent,
            proxy=device.proxy,
            netconf_port=device.netconf_port,
        )
    except CredentialError as error:
        raise CredentialError(f"credential '{credential}': {error}") from None
    if not first:
        return login
    return msgspec.structs.replace(
        login,
        otherwise=_login(device, data.otherwise, plan, resolver, first=False) if data.otherwise else None,
        jumps=tuple(_jump(name, plan, resolver) for name in device.jump),
        snmp=_snmp(device.snmp, plan, resolver) if device.snmp else None,
    )


def _jump(name: str, plan: Collection, resolver: Resolver) -> Login:
    host = plan.jumps.get(name)
    if host is None:
        raise CredentialError(f"unknown jump host '{name}'")
    device = Device(name=host.name, address=host.address, port=host.port, credential=host.credential)
    return _login(device, host.credential, plan, resolver, first=False)


def _snmp(credential: str, plan: Collection, resolver: Resolver) -> SnmpUser:
    data = plan.credentials.get(credential)
    if data is None:
        raise CredentialError(f"unknown credential '{credential}'")
    try:
        return SnmpUser(
            community=resolver.resolve(_prompted(data.community, "Community", credential)),
            username=data.username,
            auth=data.auth,
            auth_password=resolver.resolve(_prompted(data.auth_password, "SNMP authentication", credential)),
            privacy=data.privacy,
            privacy_password=resolver.resolve(_prompted(data.privacy_password, "SNMP privacy", credential)),
            port=data.port,
        )
    except CredentialError as error:
        raise CredentialError(f"credential '{credential}': {error}") from None


def _prompted(reference: str, what: str, credential: str) -> str:
    """A bare `prompt:` names what it asks for, so that two credentials never share one answer."""
    return f"prompt:{what} of credential {credential}" if reference == "prompt:" else reference


def _from_file(device: Device, plan: Collection) -> Snapshot:
    """A saved configuration in place of a login; evidence cites its path."""
    path = plan.folder / device.config
    try:
        if path.exists() and not path.is_file():
            return _failed(device, "no regular file", device.config)
        if path.stat().st_size > MAX_BYTES:
            return _failed(device, f"larger than the limit of {MAX_BYTES} bytes", device.config)
        with path.open("rb") as file:
            reason = refused(file.read(REFUSED_HEAD))
        if reason:
            return _failed(device, reason, device.config)
        content = path.read_bytes()
        one_line = joined(content)
        content = redact(content, device.platform, device.name)
    except OSError as error:
        return _failed(device, f"cannot be read: {error.strerror}", device.config)
    if one_line:
        return _failed(device, JOINED, device.config)
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
