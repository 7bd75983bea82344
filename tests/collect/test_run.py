"""Many devices at once: order, limits, interruption, and secrets that get nowhere."""

import logging
import threading
import time
import traceback
from contextlib import ExitStack

import msgspec
import pytest

from auditor.collect import run
from auditor.collect.documents import JOINED
from auditor.collect.run import Collection, LoginData, collect
from auditor.collect.ssh import Login
from auditor.model.device import Device
from auditor.model.snapshot import Document
from lab.emulator import Fault
from tests.collect.exec_server import free_port, listener
from tests.collect.support import FAST, IOS, PLATFORMS, RUNNING, emulated, known_hosts, login, reasons, texts
from tests.snapshots.support import written

PASSWORD = "Pw-unique-51c7e2-never-shown"
ENABLE = "En-unique-9a04bd-never-shown"


@pytest.fixture
def plan(tmp_path, monkeypatch):
    monkeypatch.setenv("T_PASSWORD", PASSWORD)
    monkeypatch.setenv("T_ENABLE", ENABLE)

    def make(emulators, **options):
        devices = [
            Device(name=f"r{number}", platform=one.platform, address=one.address, port=one.port, credential="c")
            for number, one in enumerate(emulators)
        ]
        options.setdefault("limits", FAST)
        options.setdefault("devices", devices)
        options.setdefault("known_hosts", known_hosts(tmp_path, *(one.host_key_line for one in emulators)))
        options.setdefault("credentials", {"c": LoginData("auditor", "env:T_PASSWORD", "env:T_ENABLE")})
        return Collection(definitions=PLATFORMS, folder=tmp_path, **options)

    return make


def test_twenty_devices_some_of_which_hang(plan):
    """The whole takes as long as the slowest device, and comes in the order of the inventory."""
    with ExitStack() as stack:
        faults = [(Fault.HANG_BEFORE_PROMPT if number % 5 == 1 else Fault.NONE) for number in range(20)]
        emulators = [stack.enter_context(emulated(password=PASSWORD, fault=fault)) for fault in faults]
        begun = time.monotonic()
        found = list(collect(plan(emulators, workers=20)))
        took = time.monotonic() - begun
    assert [one.device.name for one in found] == [f"r{number}" for number in range(20)]
    assert [bool(one.errors) for one in found] == [fault is not Fault.NONE for fault in faults]
    assert took < FAST.login + 4


def test_fewer_workers_than_devices(plan):
    with ExitStack() as stack:
        emulators = [stack.enter_context(emulated(password=PASSWORD)) for _ in range(5)]
        found = list(collect(plan(emulators, workers=2)))
    assert [one.device.name for one in found] == ["r0", "r1", "r2", "r3", "r4"]
    assert all(texts(one)[RUNNING] == IOS for one in found)


def test_an_interruption_ends_at_once(plan):
    limits = msgspec.structs.replace(FAST, login=60.0, device=120.0)
    with ExitStack() as stack:
        faults = [Fault.NONE, *[Fault.HANG_BEFORE_PROMPT] * 3, Fault.NONE, Fault.NONE]
        emulators = [stack.enter_context(emulated(password=PASSWORD, fault=fault)) for fault in faults]
        running = collect(plan(emulators, workers=2, limits=limits))
        assert next(running).errors == ()
        begun = time.monotonic()
        running.close()
        assert time.monotonic() - begun < 2
        assert not any(thread.name.startswith("collect") for thread in threading.enumerate())
        assert emulators[-1].logins == [], "no device is begun any more"


def test_an_interruption_during_the_key_exchange_and_in_a_command(plan):
    limits = msgspec.structs.replace(FAST, login=60.0, command=60.0, device=120.0)
    with emulated(password=PASSWORD, fault=Fault.HANG_IN_COMMAND) as slow, listener(lambda _link: None) as port:
        mute = Device(name="mute", platform="cisco_ios", address="127.0.0.1", port=port, credential="c")
        made = plan([slow], limits=limits)
        first = Device(name="saved", config="missing.cfg")
        running = collect(msgspec.structs.replace(made, devices=[first, *made.devices, mute]))
        next(running)
        time.sleep(0.8)
        begun = time.monotonic()
        running.close()
        assert time.monotonic() - begun < 2


def test_what_the_inventory_lacks_is_said(plan, tmp_path):
    devices = [
        Device(name="a", address="127.0.0.1", credential="c"),
        Device(name="b", address="127.0.0.1", platform="cisco_asa", credential="c"),
        Device(name="c", address="127.0.0.1", platform="cisco_ios"),
        Device(name="d", address="127.0.0.1", platform="cisco_ios", credential="unset"),
        Device(name="e", address="127.0.0.1", platform="cisco_ios", credential="c", port=free_port()),
    ]
    credentials = {"c": LoginData("auditor", "env:T_PASSWORD"), "unset": LoginData("auditor", "env:T_NOT_SET")}
    found = [reasons(one)[""] for one in collect(plan([], devices=devices, credentials=credentials))]
    assert found == [
        "the platform of a device that is logged in to has to be named",
        "unknown platform",
        "no credential is named for this device",
        "credential 'unset': the environment variable T_NOT_SET is not set",
        f"127.0.0.1 port {devices[4].port}: connection refused",
    ]


def test_saved_configurations(plan, tmp_path):
    (tmp_path / "good.cfg").write_text(IOS)
    (tmp_path / "empty.cfg").write_text("\n \n")
    (tmp_path / "binary.cfg").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "joined.cfg").write_text("hostname r1 " + "interface Loopback0 no shutdown " * 20)
    (tmp_path / "folder.cfg").mkdir()
    with (tmp_path / "huge.cfg").open("wb") as file:
        file.truncate(run.MAX_BYTES + 1)
    names = ("good", "empty", "binary", "joined", "folder", "huge", "missing")
    devices = [Device(name=name, config=f"{name}.cfg") for name in names]
    found = {one.device.name: one for one in collect(plan([], devices=devices))}
    assert texts(found["good"]) == {"good.cfg": IOS}
    assert {name: reasons(found[name])[f"{name}.cfg"] for name in names[1:]} == {
        "empty": "the file is empty",
        "binary": "the file is binary, no configuration",
        "joined": JOINED,
        "folder": "no regular file",
        "huge": f"larger than the limit of {run.MAX_BYTES} bytes",
        "missing": "cannot be read: No such file or directory",
    }


def test_a_defect_of_ours_takes_one_device_only(plan, monkeypatch):
    def broken(device, _plan):
        if device.name == "a":
            raise KeyError("text that might quote a device")
        return run._failed(device, "told")

    monkeypatch.setattr(run, "_from_file", broken)
    devices = [Device(name="a", config="x"), Device(name="b", config="x")]
    assert [reasons(one)[""] for one in collect(plan([], devices=devices))] == ["collection failed: KeyError", "told"]


def test_probes_ask_addresses_of_the_inventory_only(plan):
    asked = []

    def probe(address):
        asked.append(address)
        return Document("probe/x", b"{}", collected_by="probe")

    devices = [
        Device(name="a", platform="cisco_ios", address="192.0.2.1", config="missing"),
        Device(name="b", platform="cisco_ios", config="missing"),
        Device(name="c", platform="juniper_junos", address="192.0.2.3", config="missing"),
    ]
    plan = plan([], devices=devices, probes=(probe,), probed_platforms=frozenset({"cisco_ios"}))
    assert [len(one.documents) for one in collect(plan)] == [1, 0, 0]
    assert asked == ["192.0.2.1"]


def test_a_probe_that_fails_spoils_nothing(plan, tmp_path):
    def probe(_address):
        raise RuntimeError("a defect")

    (tmp_path / "good.cfg").write_text(IOS)
    devices = [Device(name="a", platform="cisco_ios", address="192.0.2.1", config="good.cfg")]
    plan = plan([], devices=devices, probes=(probe,), probed_platforms=frozenset({"cisco_ios"}))
    (found,) = collect(plan)
    assert texts(found) == {"good.cfg": IOS}
    assert reasons(found) == {"": "a probe failed: RuntimeError"}


class _Everything(logging.Handler):
    """Keeps every record as it would be written, with arguments and traceback."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.texts = []

    def emit(self, record):
        parts = [record.getMessage(), repr(record.args)]
        if record.exc_info:
            parts += traceback.format_exception(*record.exc_info)
        self.texts += parts


@pytest.fixture
def log():
    """What a handler of the root logger sees at DEBUG, other loggers left as they are."""
    handler, root = _Everything(), logging.getLogger()
    before = root.level
    libraries = [logging.getLogger(name) for name in ("paramiko", "paramiko.transport", "netmiko")]
    for logger in libraries:
        logger.setLevel(logging.DEBUG)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)


def _secrets_in(text):
    return [secret for secret in (PASSWORD, ENABLE, "WordOfTheDevice") if secret in text]


@pytest.mark.parametrize("fault", list(Fault))
def test_secrets_get_into_no_log_error_manifest_or_repr(fault, plan, log, tmp_path, capfd):
    limits = msgspec.structs.replace(FAST, login=0.8, command=0.3, again=0.3, output=100_000)
    with emulated(password=PASSWORD, secret=ENABLE, privileged=False, fault=fault) as device:
        made = plan([device], limits=limits)
        found = list(collect(made))
    manifest = (written(tmp_path / "s", *found) / "manifest.json").read_text()
    out, err = capfd.readouterr()
    seen = [*log.texts, repr(found), repr(made), str(found), manifest, out, err]
    assert [hit for text in seen for hit in _secrets_in(text)] == []


def test_a_wrong_enable_password_is_not_shown(plan, log):
    with emulated(password=PASSWORD, secret="another", privileged=False) as device:
        (found,) = collect(plan([device]))
    assert reasons(found) == {"": "the enable password was refused"}
    assert [hit for text in (*log.texts, repr(found)) for hit in _secrets_in(text)] == []


def test_a_login_shows_no_secret(tmp_path):
    with emulated(password=PASSWORD) as device:
        made = login(device, tmp_path)
    for text in (repr(made), str(made), f"{made}", repr(made.password), str(made.password), f"{made.password}"):
        assert PASSWORD not in text
    with pytest.raises(TypeError):
        msgspec.json.encode(made.password)
    assert Login.__struct_fields__[2] == "password"


def test_no_error_of_a_login_carries_the_secret_in_its_traceback_text(plan, tmp_path):
    from auditor.collect.connection import connect  # noqa: PLC0415
    from auditor.collect.documents import Failure  # noqa: PLC0415
    from auditor.collect.link import Stop  # noqa: PLC0415

    with emulated(password=PASSWORD, fault=Fault.REFUSE_LOGIN) as device:
        made = login(device, tmp_path)
        with pytest.raises(Failure) as caught:
            connect(made, time.monotonic() + 5, Stop())
    assert PASSWORD not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__cause__ is None
