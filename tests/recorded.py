"""What emulated devices heard, compared with the list of their platform: after every test, whatever it is about."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from auditor.collect.netconf import HELLO, request
from auditor.collect.oids import TABLES, oid
from auditor.engine.packs import load
from auditor.platforms.redaction.forbidden import CAPABILITIES
from lab.emulator import PLATFORMS, EmulatedDevice
from tests.collect.exec_server import ExecServer
from tests.collect.netconf_server import NetconfServer
from tests.collect.snmp_agent import Agent
from tests.collect.trap_exec import ExecTrapDevice
from tests.collect.trap_terminal import TrapDevice

_COLUMNS = {oid(text) for table in TABLES for text in table.columns}
_SCALARS = {oid(text) for table in TABLES for text in (*table.scalars, table.count) if text}


def _listed(platform: str) -> set[str]:
    """Everything that may be typed or carried out; a line without a word is no command."""
    definition = load().platforms[platform]
    commands = {text for command in definition.commands for text in command.send}
    return commands | set(definition.settings) | ({"enable"} if definition.enables else set())


def _requests(platform: str) -> set[str]:
    """Everything that may be said over NETCONF."""
    rpcs = load().platforms[platform].rpcs
    return {HELLO, *(request(number, rpc.body) for rpc in rpcs for number in range(1, 100))}


def _emulated(device: EmulatedDevice) -> list[str]:
    platform = PLATFORMS[device.platform].platform
    typed = [one for one in device.commands if one.strip() and not one.startswith("<")]
    spoken = [_rest(bytes(one.received), platform) for one in device.channels if one.kind == "netconf"]
    return [one for one in typed if one not in _listed(platform)] + [one for one in spoken if one] + device.refused


def _rest(received: bytes, platform: str) -> str:
    """What a NETCONF channel received besides requests of the list, in either framing."""
    for one in sorted(map(str.encode, _requests(platform)), key=len, reverse=True):
        received = received.replace(b"\n#%d\n%s\n##\n" % (len(one), one), b"").replace(one + b"]]>]]>", b"")
    return received.decode(errors="replace")


def _typed(device: TrapDevice | ExecTrapDevice) -> list[str]:
    return [one for one in device.lines if one.strip() and one not in _listed(device.platform)]


def _carried_out(server: ExecServer) -> list[str]:
    return [one for one in server.commands if one not in _listed(server.platform)]


def _heard(server: NetconfServer) -> list[str]:
    requests = {name: _requests(name) for name in load().platforms}
    return [
        one for one in server.heard if not any(one.removesuffix("]]>]]>") in listed for listed in requests.values())
    ]


def _asked(agent: Agent) -> list[str]:
    return [
        f"{kind} {objects}"
        for kind, objects in agent.asked
        if not (
            (kind == "GET" and (set(objects) <= _SCALARS or objects == list(CAPABILITIES.values())))
            or (kind in ("GETNEXT", "GETBULK") and all(any(one[: len(root)] == root for root in _COLUMNS) for one in objects))
        )
    ]  # fmt: skip


_KINDS: dict[type[Any], Callable[[Any], list[str]]] = {
    EmulatedDevice: _emulated,
    TrapDevice: _typed,
    ExecTrapDevice: _typed,
    ExecServer: _carried_out,
    NetconfServer: _heard,
    Agent: _asked,
}


@contextmanager
def only_what_is_listed(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails at the end where a device of any kind heard anything else."""
    seen: list[tuple[Any, Callable[[Any], list[str]]]] = []

    def watched(kind: type[Any], judge: Callable[[Any], list[str]]) -> None:
        enter = kind.__enter__

        @functools.wraps(enter)
        def entered(self: Any) -> Any:
            seen.append((self, judge))
            return enter(self)

        patch.setattr(kind, "__enter__", entered)

    for kind, judge in _KINDS.items():
        watched(kind, judge)
    yield
    foreign = {type(device).__name__: said for device, judge in seen if (said := judge(device))}
    assert foreign == {}, f"something was sent that is not on the list: {foreign}"
