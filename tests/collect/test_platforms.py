"""Every emulated command line by every way that it offers: documents whole, nothing sent that is not on the list."""

import msgspec
import pytest

from auditor.collect.credentials import Hidden
from auditor.collect.netconf import HELLO, request
from auditor.collect.ssh import collect_ssh
from auditor.engine.packs import load
from lab.emulator import EmulatedDevice, twins
from lab.emulator.platforms import PLATFORMS as EMULATED
from tests.collect.support import FAST, login, reasons, texts

LIMITS = msgspec.structs.replace(FAST, login=8.0, command=8.0, again=4.0, device=60.0)
WAYS = [
    (name, way)
    for name in twins.NAMES
    for way in ("", "ssh-cli", "ssh-exec", "netconf")
    if way != "netconf" or EMULATED[name].netconf
]


@pytest.fixture(scope="module")
def definitions():
    return load().platforms


@pytest.mark.parametrize(("name", "way"), WAYS, ids=lambda one: one or "first")
def test_documents_are_whole_by_every_way(name, way, definitions, tmp_path):
    definition = definitions[EMULATED[name].platform]
    outputs = twins.outputs(name, twins.SOUND)
    with twins.device(name, twins.SOUND) as device:
        plain = login(device, tmp_path, limits=LIMITS, netconf_port=device.port)
        channels = ("netconf",) if EMULATED[name].netconf else ()
        target = msgspec.structs.replace(
            plain.device,
            platform=definition.name,
            transport=way,
            channels=channels,
            netconf_port=device.port,
            shell_commands=True,
        )
        snapshot = collect_ssh(msgspec.structs.replace(plain, device=target), definition)
        channels_seen = list(device.channels)
        sent, refused = device.commands, device.refused
    found = texts(snapshot)
    for command in definition.commands:
        wanted = [outputs[text] for text in command.send if text in outputs]
        if not wanted:
            continue
        assert command.document in found, reasons(snapshot)
        if command.rpc and way == "netconf":
            assert "<rpc-reply" in found[command.document]
        else:
            assert found[command.document].rstrip() in [text.rstrip() for text in wanted]
    assert ("netconf/running" in found) is bool(channels)
    assert refused == []
    listed = {text for one in definition.commands for text in one.send} | set(definition.settings) | {"enable"}
    assert {text for text in sent if not text.startswith("<")} <= listed
    heard = {HELLO.encode(), *(request(at, rpc.body).encode() for rpc in definition.rpcs for at in range(1, 9))}
    for channel in channels_seen:
        if channel.kind == "netconf":
            rest = bytes(channel.received)
            for one in sorted(heard, key=len, reverse=True):
                rest = rest.replace(b"\n#%d\n%s\n##\n" % (len(one), one), b"").replace(one + b"]]>]]>", b"")
            assert rest == b""


@pytest.mark.parametrize("name", ["arista_eos", "cisco_nxos"])
def test_a_login_with_an_enable_secret_goes_by_the_command_line(name, definitions, tmp_path):
    """An exec channel cannot enter a privileged mode."""
    definition = definitions[EMULATED[name].platform]
    if not EMULATED[name].unprivileged_prompt:
        pytest.skip("emulated without a privileged mode")
    outputs = twins.outputs(name, twins.SOUND)
    with EmulatedDevice(platform=name, hostname="r1", outputs=outputs, privileged=False, secret="enable-me") as device:
        plain = login(device, tmp_path, limits=LIMITS, enable=Hidden("enable-me"))
        target = msgspec.structs.replace(plain.device, platform=definition.name, transport="")
        snapshot = collect_ssh(msgspec.structs.replace(plain, device=target), definition)
    assert texts(snapshot)["show running-config"].rstrip() == outputs["show running-config"].rstrip(), reasons(snapshot)
    assert {one.collected_by for one in snapshot.documents} == {"ssh command line"}
