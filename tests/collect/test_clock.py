"""The time of the device itself, where an output shows it."""

import msgspec
import pytest

from auditor.collect.documents import document
from auditor.collect.ssh import collect_ssh
from auditor.engine.packs import load
from auditor.model.snapshot import RUNNING
from lab.emulator import EmulatedDevice, twins
from tests.collect.support import login

SHOWN = {
    "cisco_iosxr": "Tue Nov 24 09:20:11.322 UTC",
    "cisco_nxos": "Tue Nov 24 09:20:14 2026",
    "nokia_sros_classic": "TUE NOV 24 09:20:18 2026 UTC",
    "nokia_sros_md": "2026-11-24T09:20:20.4Z",
    "mikrotik_routeros": "2026-11-24 09:20:22",
    "cisco_ios": "09:20:14.322 UTC Tue Nov 24 2026",
    "cisco_iosxe": "09:20:14.507 UTC Tue Nov 24 2026",
    "arista_eos": "Tue Nov 24 09:20:14 2026 UTC",
    "juniper_junos": "2026-11-24 09:20:14 UTC",
    "nokia_srlinux": "2026-11-24T09:20:14.579Z",
    "huawei_vrp": "2026-11-24 09:20:14+00:00 UTC+00:00",
}
FORMS = {
    # Cisco IOS Basic System Management Command Reference, show clock; samples of ntc-templates
    "cisco_ios": {
        "*17:06:42.123 UTC Fri Mar 1 2002\n": "*17:06:42.123 UTC Fri Mar 1 2002",
        "Load for five secs: 1%/0%; one minute: 1%; five minutes: 1%\nTime source is NTP, 12:30:01.004 UTC Mon Mar 4 2019\n\n"
        ".12:30:01.004 UTC Mon Mar 4 2019\n": ".12:30:01.004 UTC Mon Mar 4 2019",
        "% Invalid input\n": "",
    },
    # samples of ntc-templates
    "arista_eos": {
        "Mon Jan 14 18:42:49 2013\ntimezone is US/Central\n": "Mon Jan 14 18:42:49 2013 US/Central",
        "Fri Nov 13 16:38:12 2020\nTimezone: UTC\nClock source: local\n": "Fri Nov 13 16:38:12 2020 UTC",
        "Fri Nov 13 16:38:12 2020\n": "Fri Nov 13 16:38:12 2020",
    },
    # Junos CLI Reference, show system uptime; two routing engines
    "juniper_junos": {
        "Current time: 1998-10-13 19:45:47 UTC\nSystem booted: 1998-10-12 20:51:41 UTC (22:54:06 ago)\n": "1998-10-13 19:45:47 UTC",
        "fpc0:\n------\nCurrent time: 2014-04-04 10:11:40 +03\n": "2014-04-04 10:11:40 +03",
    },
    # learn.srlinux.dev, examples of release 24.10
    "nokia_srlinux": {
        '            current-datetime "2025-02-17T10:58:16.579Z (now)"\n': "2025-02-17T10:58:16.579Z",
        "            current-datetime 2023-02-17T10:58:16.579Z\n": "2023-02-17T10:58:16.579Z",
    },
    # Huawei command reference, display clock; older releases print no offset
    "huawei_vrp": {
        "2020-02-02 17:02:34+08:00    \nTuesday    \nTime Zone(BJ) : UTC+08:00   \nDaylight saving time    :\n": "2020-02-02 17:02:34+08:00 UTC+08:00",
        "\n2019-04-04 17:06:02\nThursday\nTime Zone(BJ) : UTC+08:00\n": "2019-04-04 17:06:02 UTC+08:00",
        "Error: Unrecognized command\n": "",
    },
    # date(1)
    "frr": {"2026-11-24T09:20:25+00:00\n": "2026-11-24T09:20:25+00:00", "Tue Nov 24\n": ""},
}


def clock_command(definition):
    wanted = definition.clock_document or RUNNING
    return next(one for one in definition.commands if one.document == wanted)


def test_every_platform_has_a_clock():
    assert [name for name, one in load().platforms.items() if one.clock is None] == []


@pytest.mark.parametrize("name", SHOWN)
def test_the_clock_in_the_output_that_shows_it(name):
    definition = load().platforms[name.removesuffix("_classic").removesuffix("_md")]
    command = clock_command(definition)
    text = next(text for sent, text in twins.outputs(name, "sound").items() if sent in command.send)
    for ends in ("\n", "\r\n"):
        found = document(definition, command, text.replace("\n", ends).encode(), "test")
        assert found.device_clock == SHOWN[name]


@pytest.mark.parametrize(
    ("name", "text", "shown"), [(name, *one) for name, forms in FORMS.items() for one in forms.items()]
)
def test_forms_of_a_clock(name, text, shown):
    definition = load().platforms[name]
    for ends in ("\n", "\r\n"):
        found = document(definition, clock_command(definition), text.replace("\n", ends).encode(), "test")
        assert found.device_clock == shown


@pytest.mark.parametrize("name", FORMS)
def test_a_configuration_that_quotes_a_clock(name):
    """The text of a banner is no clock where another output has it."""
    definition = load().platforms[name]
    other = next(one for one in definition.commands if one.document != definition.clock_document and not one.required)
    for text in FORMS[name]:
        assert (
            document(
                msgspec.structs.replace(definition, whole=lambda *_: ""), other, text.encode(), "test"
            ).device_clock
            == ""
        )


@pytest.mark.parametrize(
    "line", ["!Time: \x1b[2J Tue Nov 24 09:20", "!Time: " + "x" * 200, "description !Time: Tue Nov 24 09:20:14 2026"]
)
def test_what_looks_like_a_clock(line):
    clock = load().platforms["cisco_nxos"].clock
    assert clock.search(line.encode()) is None


def test_what_was_sent_and_when(tmp_path):
    outputs = twins.outputs("cisco_nxos", "sound")
    with EmulatedDevice(platform="cisco_nxos", hostname="r1", outputs=outputs) as device:
        found = collect_ssh(login(device, tmp_path), load().platforms["cisco_nxos"])
    assert not [error for error in found.errors if error.asked]
    assert {one.sent for one in found.documents} <= set(device.commands)
    assert all(one.sent and one.started_at <= one.collected_at for one in found.documents)
    running = next(one for one in found.documents if one.name == RUNNING)
    assert (running.sent, running.device_clock) == ("show running-config", SHOWN["cisco_nxos"])
