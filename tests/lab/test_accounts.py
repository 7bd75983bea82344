"""The accounts of docs/least-privilege.md on the emulated devices, which refuse in their own words what the rules refuse."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from auditor.engine.packs import load
from auditor.model.device import Device
from auditor.model.snapshot import RUNNING, CollectionError, Document, Snapshot
from lab.emulator import PLATFORMS, twins
from lab.emulator.server import DEFAULT_PASSWORD, EmulatedDevice
from tests.accounts import ACCOUNTS
from tests.snapshots.support import written

DEFINITIONS = load().platforms
TWIN = {"huawei_vrp5": "huawei_vrp"}
CUT = "Building configuration...\n\nCurrent configuration : 63 bytes\n!\n!\nend\n"
"""What `show running-config` shows in a view that may configure nothing."""
WITHHELD = {
    "cisco_ios": "show users", "cisco_iosxe": "show users", "cisco_iosxr": "show users", "cisco_nxos": "show users",
    "arista_eos": "bash ps -ef", "juniper_junos": "show system users no-resolve", "nokia_sros_md": "show users",
    "nokia_sros_classic": "show users", "nokia_srlinux": "show system aaa authentication session *", "huawei_vrp": "display users",
    "huawei_vrp5": "display users", "mikrotik_routeros": "/user active print",
}  # fmt: skip
"""A document of each platform that a second account may not read."""


class Live(NamedTuple):
    """The finished audit, the devices that were asked, and what was not collected."""

    run: dict[str, Any]
    devices: dict[str, EmulatedDevice]

    def device(self, name: str) -> dict[str, Any]:
        (found,) = [one for one in self.run["devices"] if one["name"] == name]
        return dict(found)


def twin(name: str, permits: Callable[[str], bool]) -> EmulatedDevice:
    made = twins.device(TWIN.get(name, name), twins.SOUND, permits=permits)
    if name in ("cisco_ios", "cisco_iosxe"):
        made.show(twins.outputs(name, twins.SOUND) | {RUNNING: CUT}, twins.running(name, twins.SOUND))
    return made


def asked(name: str, device: EmulatedDevice) -> str:
    """A device of the inventory; the account of VRP is not for NETCONF, whose rights there are not documented."""
    entry = twins.listed(name, device)
    return entry.replace("channels: [netconf], ", "") if device.platform == "huawei_vrp" else entry


def judged(folder: Path, source: str) -> dict[str, Any]:
    environment = {**os.environ, "LAB_PASSWORD": DEFAULT_PASSWORD, "XDG_STATE_HOME": str(folder)}
    words = [sys.executable, "-m", "auditor", "audit", source, "-o", "out", "--format", "json"]
    done = subprocess.run(words, check=False, capture_output=True, text=True, cwd=folder, env=environment, timeout=300)
    assert done.returncode in (0, 1), done.stderr
    content: dict[str, Any] = json.loads((folder / "out" / "run.json").read_text("utf-8"))
    return content


def audited(folder: Path, rights: dict[str, Callable[[str], bool]]) -> Live:
    with ExitStack() as stack:
        devices = {name: stack.enter_context(twin(name, permits)) for name, permits in rights.items()}
        (folder / "known_hosts").write_text("".join(f"{one.host_key_line}\n" for one in devices.values()), "utf-8")
        listed = "".join(f"  - {{{asked(name, one)}}}\n" for name, one in devices.items())
        (folder / "inventory.yaml").write_text(
            'schema: auditor/inventory/1\ncredentials:\n  lab: {username: auditor, password: "env:LAB_PASSWORD"}\n'
            f"defaults: {{credential: lab}}\ndevices:\n{listed}",
            "utf-8",
        )
        return Live(judged(folder, "inventory.yaml"), devices)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Live:
    """Every platform's sound twin with the account of the page."""
    return audited(tmp_path_factory.mktemp("accounts"), {name: account.rules() for name, account in ACCOUNTS.items()})


@pytest.mark.parametrize("name", ACCOUNTS)
def test_the_audit_with_the_account_is_complete(live: Live, name: str) -> None:
    device = live.device(name)
    assert (device["status"], device["errors"]) == ("audited", [])
    shown = {document for way in device["collected"] for document in way["documents"]}
    asked = DEFINITIONS[ACCOUNTS[name].platform].commands
    answered = twins.outputs(TWIN.get(name, name), twins.SOUND)
    assert {one.document for one in asked if set(one.send) & set(answered)} <= shown
    assert ("netconf/running" in shown) is (live.devices[name].netconf and live.devices[name].platform != "huawei_vrp")


@pytest.mark.parametrize("name", ACCOUNTS)
def test_nothing_was_refused_but_the_words_of_the_other_command_line_of_sr_os(live: Live, name: str) -> None:
    refused = live.devices[name].refused
    assert set(refused) & set(twins.outputs(TWIN.get(name, name), twins.SOUND)) == set()
    other = {"nokia_sros_md": "nokia_sros_classic", "nokia_sros_classic": "nokia_sros_md"}.get(name)
    assert [one for one in refused if other is None or not ACCOUNTS[other].rules()(one)] == []


@pytest.fixture(scope="module")
def withheld(tmp_path_factory: pytest.TempPathFactory) -> Live:
    """The same without the right to one command each."""

    def without(name: str) -> Callable[[str], bool]:
        permits, missing = ACCOUNTS[name].rules(), WITHHELD[name].removesuffix(" *")
        return lambda text: permits(text) and not text.startswith(missing)

    return audited(tmp_path_factory.mktemp("withheld"), {name: without(name) for name in ACCOUNTS})


@pytest.mark.parametrize("name", ACCOUNTS)
def test_a_missing_right_is_named_where_it_makes_unknown(withheld: Live, name: str) -> None:
    device = withheld.device(name)
    assert (device["status"], device["errors"]) == ("audited", [])
    reasons = [
        one["reason"] for one in withheld.run["results"] if one["device"] == name and one["outcome"] == "unknown"
    ]
    said = PLATFORMS[TWIN.get(name, name)].refused.splitlines()[0].format(command=WITHHELD[name])
    wanted = f"U-STATE: state: '{WITHHELD[name]}' not collected: the device refused it: {said}"
    assert [one for one in reasons if wanted in one], [one for one in reasons if "U-STATE" in one]


WORDS = "words-of-the-device"
VERSIONS = ("show version", "display version")
"""What they tell decides about much else: which statement is a default, which command there is."""
COMPARED = ("multi-channel-config-mismatch", "running-startup-mismatch", "inventory-gap", "image-hash-mismatch")
"""Checks that compare documents or devices, and say which document they miss."""


def test_every_document_that_is_refused_is_named_wherever_a_check_misses_it(tmp_path: Path) -> None:
    """Each document of each twin is withheld once: no verdict becomes unknown without the words of the refusal."""
    snapshots = []
    for name in twins.NAMES:
        platform = PLATFORMS[name].platform
        spelled = {text: command.document for command in DEFINITIONS[platform].commands for text in command.send}
        held = {spelled[text]: output for text, output in twins.outputs(name, twins.SOUND).items() if text in spelled}
        for number, missing in enumerate(["", *(one for one in held if one not in (RUNNING, *VERSIONS))]):
            errors = (CollectionError(f"not collected: the device refused it: {WORDS}", document=missing, asked=False),)
            documents = tuple(Document(one, text.encode()) for one, text in held.items() if one != missing)
            device = Device(name=f"{name}.{number}", platform=platform)
            snapshots.append((name, missing, Snapshot(device, documents, errors if missing else ())))
    written(tmp_path / "snapshot", *(snapshot for _, _, snapshot in snapshots))
    run = judged(tmp_path, "snapshot")
    reasons = {
        (one["device"], one["check"]): one["reason"].replace(one["device"], "it")
        for one in run["results"]
        if one["outcome"] == "unknown"
    }
    checks = {check for _, check in reasons} - set(COMPARED)
    lost = [
        (name, missing, check, reason)
        for name, missing, snapshot in snapshots
        for check in checks
        if (reason := reasons.get((snapshot.device.name, check), "")) != reasons.get((f"{name}.0", check), "")
        and reason
    ]
    assert len({(name, missing) for name, missing, _, _ in lost}) > 40
    unnamed = [one for one in lost if WORDS not in one[3] or not {"U-STATE:", "U-HID:"} & set(one[3].split())]
    assert unnamed == [], "\n".join(map(str, unnamed))
