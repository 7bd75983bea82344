#!/usr/bin/env python3
"""A router's tap tables for net-snmp's snmpd (`pass_persist`), with what a real one holds: targets included.

`agent.py TABLE LOG` answers below 1.3.6.1.4.1.9.9 from the taps in TABLE (JSON, see `objects`) and writes every
request that reaches it to LOG: `get OID`, `getnext OID`, `set OID`. A test that must show which OIDs were asked for
reads LOG; with a view that hides nothing snmpd hands each request on as it came.

Objects and syntax: CISCO-TAP2-MIB, CISCO-IP-TAP-MIB, CISCO-USER-CONNECTION-TAP-MIB.
"""

import bisect
import ipaddress
import json
import sys
from pathlib import Path
from typing import Any

ROOT = "1.3.6.1.4.1.9.9"
TAP2, IP_TAP, USER_TAP = f"{ROOT}.399", f"{ROOT}.394", f"{ROOT}.400"
TARGET_LABEL = "class-1"
"""Words that begin every planted identity, so that a test finds them wherever they turn up."""

Value = tuple[str, str]
Tap = dict[str, Any]


def objects(taps: list[Tap], debug_users: list[list[Any]]) -> dict[tuple[int, ...], Value]:
    """The objects of all tables.

    A tap has: content, stream, address, port, timeout (hex octets of a DateAndTime), notify, enabled, status; absent
    keys take a sound value. `debug_users` are pairs of content id and name.
    """
    found: dict[str, Value] = {
        f"{TAP2}.1.1.1.0": ("integer", "4711"),
        f"{TAP2}.1.1.3.0": ("octet", "E0"),
        f"{TAP2}.1.3.1.0": ("integer", "60"),
        f"{TAP2}.1.3.2.0": ("integer", "1000"),
        f"{IP_TAP}.1.1.1.0": ("octet", "F0"),
        f"{USER_TAP}.1.1.1.0": ("octet", "80"),
    }
    for tap in taps:
        content, stream = tap["content"], tap["stream"]
        if tap.get("mediation", True):
            for column, value in _mediation(tap).items():
                found[f"{TAP2}.1.1.2.1.{column}.{content}"] = value
        for column, value in _stream(tap).items():
            found[f"{TAP2}.1.2.1.1.{column}.{content}.{stream}"] = value
        found[f"{IP_TAP}.1.1.2.1.3.{content}.{stream}"] = ("octet", "0A 63 01 63")
        found[f"{IP_TAP}.1.1.2.1.16.{content}.{stream}"] = ("integer", "1")
        found[f"{USER_TAP}.1.1.2.1.1.{content}.{stream}"] = ("string", f"{TARGET_LABEL}-session-{content}")
        found[f"{TAP2}.1.3.3.1.2.{content}"] = ("gauge", str(content))
        found[f"{TAP2}.1.3.3.1.4.{content}"] = ("string", f"{TARGET_LABEL}-message-{content}")
    for content, name in debug_users:
        index = ".".join(str(code) for code in (len(name), *name.encode()))
        found[f"{TAP2}.1.3.4.1.2.{content}.{index}"] = ("octet", "07 EB 01 01 00 00 00 00")
        found[f"{TAP2}.1.3.4.1.4.{content}.{index}"] = ("integer", "1")
    return {_numbers(oid): value for oid, value in found.items()}


def _mediation(tap: Tap) -> dict[int, Value]:
    address = ipaddress.ip_address(tap["address"])
    return {
        2: ("integer", "1" if address.version == 4 else "2"),
        3: ("octet", address.packed.hex(" ").upper()),
        4: ("gauge", str(tap["port"])),
        5: ("integer", "0"),
        7: ("integer", "34"),
        10: ("octet", tap["timeout"]),
        11: ("integer", "1"),
        12: ("integer", "1" if tap.get("notify", True) else "2"),
        13: ("integer", "1"),
        14: ("string", f"{TARGET_LABEL}-radius-key"),
    }


def _stream(tap: Tap) -> dict[int, Value]:
    return {
        2: ("integer", "1"),
        3: tuple(tap["enabled_as"]) if "enabled_as" in tap else ("integer", "1" if tap.get("enabled", True) else "2"),
        4: ("counter", "123456"),
        5: ("counter", "0"),
        6: ("integer", str(tap.get("status", 1))),
        7: ("counter64", "123456"),
    }


def _numbers(oid: str) -> tuple[int, ...]:
    return tuple(int(number) for number in oid.strip().strip(".").split("."))


def _text(oid: tuple[int, ...]) -> str:
    return "." + ".".join(map(str, oid))


class Agent:
    """The pass_persist side of snmpd; reads its table anew where it was replaced, so that a test may change it."""

    def __init__(self, table: Path, log: Path) -> None:
        self._table = table
        self._log = log
        self._read_from = (0, 0)
        self._known: dict[tuple[int, ...], Value] = {}
        self._order: list[tuple[int, ...]] = []

    def run(self) -> None:
        """Answer until snmpd closes the pipe."""
        for line in sys.stdin:
            command = line.strip().lower()
            if command == "ping":
                self._say("PONG")
            elif command in ("get", "getnext"):
                self._answer(command, sys.stdin.readline())
            elif command == "set":
                self._record("set", sys.stdin.readline())
                sys.stdin.readline()
                self._say("not-writable")

    def _answer(self, command: str, oid: str) -> None:
        self._record(command, oid)
        self._refresh()
        asked = _numbers(oid)
        following = bisect.bisect_right(self._order, asked)
        wanted = asked if command == "get" else next(iter(self._order[following : following + 1]), ())
        if wanted not in self._known:
            self._say("NONE")
            return
        kind, value = self._known[wanted]
        self._say(_text(wanted), kind, value)

    def _refresh(self) -> None:
        state = self._table.stat()
        if (state.st_ino, state.st_mtime_ns) == self._read_from:
            return
        content = json.loads(self._table.read_text("utf-8"))
        self._known = objects(content["taps"], content.get("debug_users", []))
        self._order = sorted(self._known)
        self._read_from = (state.st_ino, state.st_mtime_ns)

    def _record(self, command: str, oid: str) -> None:
        with self._log.open("a", encoding="utf-8") as log:
            log.write(f"{command} {oid.strip().strip('.')}\n")

    @staticmethod
    def _say(*lines: str) -> None:
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        sys.stdout.flush()


if __name__ == "__main__":
    Agent(Path(sys.argv[1]), Path(sys.argv[2])).run()
