"""The emulator keeps what it promises: bytes recorded, changes refused, paging, NETCONF in both framings."""

from __future__ import annotations

import asyncio
import xml.dom.minidom
from typing import Any

import asyncssh
import pytest

from lab.emulator import PLATFORMS, EmulatedDevice, twins
from lab.emulator.netconf import BASE_1_1

OLD_END = "]]>]]>"
HELLO = '<hello xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><capabilities>{}</capabilities></hello>' + OLD_END
OLD, NEW = "<capability>urn:ietf:params:netconf:base:1.0</capability>", f"<capability>{BASE_1_1}</capability>"
GET = '<rpc message-id="7" xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><get-config><source><running/></source></get-config></rpc>'
EDIT = GET.replace("get-config", "edit-config").replace("source", "target")
CONFIGURE = {
    "arista_eos": "configure",
    "cisco_ios": "configure terminal",
    "cisco_iosxe": "configure terminal",
    "cisco_iosxr": "configure",
    "cisco_nxos": "configure terminal",
    "huawei_vrp": "system-view",
    "juniper_junos": "configure",
    "mikrotik_routeros": "/user add name=x group=full",
    "nokia_srlinux": "enter candidate",
    "nokia_sros_classic": "configure system name x",
    "nokia_sros_md": "edit-config private",
}


def connected(device: EmulatedDevice) -> Any:
    return asyncssh.connect(
        device.address, device.port, known_hosts=None, username=device.username, password=device.password
    )


async def typed(device: EmulatedDevice, *lines: str) -> str:
    """What a person sees who types these lines."""
    async with connected(device) as link, link.create_process(term_type="vt100", term_size=(511, 1000)) as shell:
        for line in lines:
            shell.stdin.write(line + "\n")
        shell.stdin.write_eof()
        return str(await asyncio.wait_for(shell.stdout.read(), 10))


@pytest.mark.parametrize("name", twins.NAMES)
def test_a_change_is_refused_and_recorded(name: str) -> None:
    with twins.device(name, twins.SOUND) as device:
        seen = asyncio.run(typed(device, CONFIGURE[name]))
        assert device.refused == [CONFIGURE[name]]
        assert [(one.kind, bytes(one.received)) for one in device.channels] == [
            ("shell", f"{CONFIGURE[name]}\n".encode())
        ]
    said = PLATFORMS[name].no_configuration.format(command=CONFIGURE[name]).strip().split("\n")[0]
    assert said in seen
    assert seen.count(PLATFORMS[name].prompt.format(host=device.hostname, user="auditor")) == 2


@pytest.mark.parametrize("name", twins.NAMES)
def test_what_is_not_known_is_answered_as_the_platform_does(name: str) -> None:
    with twins.device(name, twins.SOUND) as device:
        seen = asyncio.run(typed(device, "show nonsense"))
    assert PLATFORMS[name].unknown.format(caret="", command="show nonsense").strip().split("\n")[-1] in seen


@pytest.mark.parametrize("name", [one for one in twins.NAMES if not PLATFORMS[one].page_by_terminal])
def test_long_output_stops_at_a_page_until_paging_is_off(name: str) -> None:
    long = max(twins.outputs(name, twins.SOUND), key=lambda one: len(twins.outputs(name, twins.SOUND)[one]))
    off = {
        "huawei_vrp": "screen-length 0 temporary",
        "juniper_junos": "set cli screen-length 0",
        "nokia_sros_classic": "environment no more",
        "nokia_sros_md": "environment more false",
    }.get(name, "terminal length 0")
    with twins.device(name, twins.SOUND) as device:
        long = long.replace(" | no-more", "")
        assert PLATFORMS[name].more in asyncio.run(typed(device, long))
        assert PLATFORMS[name].more not in asyncio.run(typed(device, off, long))


@pytest.mark.parametrize("name", twins.NAMES)
def test_a_command_with_the_connection_only_where_the_platform_takes_one(name: str) -> None:
    async def given(device: EmulatedDevice, command: str) -> str:
        async with connected(device) as link:
            return str((await link.run(command)).stdout)

    command, text = next(iter(twins.outputs(name, twins.SOUND).items()))
    with twins.device(name, twins.SOUND) as device:
        if PLATFORMS[name].exec:
            assert asyncio.run(given(device, command)).replace("\r\n", "\n") == text
        else:
            with pytest.raises(asyncssh.ChannelOpenError):
                asyncio.run(given(device, command))


async def spoken(device: EmulatedDevice, hello: str, *messages: str) -> str:
    """What is heard in a NETCONF session."""
    async with connected(device) as link, link.create_process(subsystem="netconf") as session:
        session.stdin.write(hello + "".join(messages))
        session.stdin.write_eof()
        return str(await asyncio.wait_for(session.stdout.read(), 10))


@pytest.mark.parametrize("name", [one for one in twins.NAMES if PLATFORMS[one].netconf])
@pytest.mark.parametrize("twin", twins.TWINS)
def test_netconf_shows_the_running_configuration(name: str, twin: str) -> None:
    with twins.device(name, twin) as device:
        heard = asyncio.run(spoken(device, HELLO.format(OLD), GET + OLD_END))
        hello, reply, rest = heard.split(OLD_END)
        assert rest == ""
        assert xml.dom.minidom.parseString(hello).getElementsByTagName("session-id")
        document = xml.dom.minidom.parseString(reply.encode()).documentElement
        assert document.getAttribute("message-id") == "7"
        assert twins.running(name, twin) in reply
        assert device.refused == []


def test_netconf_speaks_in_chunks_where_both_sides_can() -> None:
    with twins.device("nokia_sros_md", twins.SOUND) as device:
        heard = asyncio.run(spoken(device, HELLO.format(OLD + NEW), f"\n#{len(GET)}\n{GET}\n##\n"))
    assert heard.partition(OLD_END)[2].startswith("\n#4096\n<rpc-reply")
    assert heard.endswith("\n##\n")


@pytest.mark.parametrize("name", [one for one in twins.NAMES if PLATFORMS[one].netconf])
def test_netconf_refuses_and_records_a_change(name: str) -> None:
    with twins.device(name, twins.SOUND) as device:
        heard = asyncio.run(spoken(device, HELLO.format(OLD), EDIT + OLD_END))
        assert "<error-tag>access-denied</error-tag>" in heard
        assert device.refused == ["<edit-config>"]
        assert EDIT.encode() in bytes(device.channels[0].received)


def test_netconf_is_refused_where_the_platform_has_none() -> None:
    with twins.device("cisco_ios", twins.SOUND) as device, pytest.raises(asyncssh.ChannelOpenError):
        asyncio.run(spoken(device, HELLO.format(OLD)))
