"""The comparison of what devices heard with their lists finds what it is for."""

import asyncio
import socket
from collections.abc import Callable

import asyncssh
import pytest

from lab.emulator import EmulatedDevice
from tests.collect.exec_server import ExecServer
from tests.collect.netconf_server import NetconfServer
from tests.collect.snmp_agent import Agent, router
from tests.collect.trap_exec import ExecTrapDevice
from tests.collect.trap_exec import Trap as ExecTrap
from tests.collect.trap_terminal import Trap, TrapDevice
from tests.recorded import only_what_is_listed

WALK_OF_THE_SYSTEM = bytes.fromhex("302602010104067075626c6963a019020101020100020100300e300c06082b060102010401000500")
"""A GET of ipForwarding.0 (1.3.6.1.2.1.4.1.0): harmless, and on no list."""


async def _typed(device: EmulatedDevice | TrapDevice, text: str) -> None:
    options = {"username": "auditor", "password": _password(device), "known_hosts": None}
    async with asyncssh.connect("127.0.0.1", device.port, **options) as link:
        process = await link.create_process(term_type="vt100")
        process.stdin.write(f"{text}\n")
        await asyncio.sleep(0.5)


async def _carried_out(device: ExecServer | ExecTrapDevice, text: str) -> None:
    options = {"username": "auditor", "password": _password(device), "known_hosts": None}
    async with asyncssh.connect("127.0.0.1", device.port, **options) as link:
        await link.run(text)


async def _said(device: NetconfServer, text: str) -> None:
    options = {"username": "auditor", "password": _password(device), "known_hosts": None}
    async with asyncssh.connect("127.0.0.1", device.port, **options) as link:
        process = await link.create_process(subsystem="netconf")
        process.stdin.write(f'<hello/>]]>]]><rpc message-id="1">{text}</rpc>]]>]]>')
        await asyncio.sleep(0.5)


async def _asked(agent: Agent, _text: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        link.sendto(WALK_OF_THE_SYSTEM, ("127.0.0.1", agent.port))
        await asyncio.sleep(0.5)


def _password(device: object) -> str:
    return str(getattr(device, "password", "") or getattr(device, "_password"))  # noqa: B009  of other kinds


KINDS: dict[str, tuple[Callable[[], object], Callable[..., object], str]] = {
    "emulated": (lambda: EmulatedDevice(platform="cisco_ios", hostname="r1", outputs={}), _typed, "show ip route"),
    "terminal": (lambda: TrapDevice(Trap.NONE), _typed, "show ip route"),
    "exec trap": (lambda: ExecTrapDevice(ExecTrap.NONE), _carried_out, "id"),
    "exec": (lambda: ExecServer({}), _carried_out, "id"),
    "netconf": (lambda: NetconfServer("<a/>", chunked=False), _said, "<get/>"),
    "snmp": (lambda: Agent(router()), _asked, ""),
}


@pytest.mark.parametrize("name", KINDS)
def test_what_is_not_listed_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make, send, text = KINDS[name]
    with (
        pytest.raises(AssertionError, match="not on the list"),
        only_what_is_listed(monkeypatch),
        make() as device,  # type: ignore[attr-defined]
    ):
        asyncio.run(send(device, text))  # type: ignore[arg-type]
