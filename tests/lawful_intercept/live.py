"""Devices that answer as they are, and then as if they intercepted: the twins of every emulated platform, and FRR.

Where intercepts show is said per document; the statements are those of `pairs`. Each device stands there sound, with its
configuration cut off, and with its prompt quoted in the configuration. A device that answers SNMP has rows of the
intercept MIBs behind the tables that are asked for, and its own SNMP port.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from auditor.collect.oids import oid
from auditor.platforms.redaction.forbidden import CAPABILITIES, SUBTREES
from lab.emulator import EmulatedDevice, Fault, twins
from lab.emulator.platforms import PLATFORMS
from lab.emulator.server import DEFAULT_PASSWORD, DEFAULT_USER
from tests.collect.exec_server import Answer, ExecServer
from tests.collect.snmp_agent import Agent
from tests.lawful_intercept import pairs
from tests.lawful_intercept.identities import Identities
from tests.lawful_intercept.pairs import MARK

COMMUNITY = "community-of-the-tests"
NETCONF = "netconf/running"
RUNNING = "show running-config"
WHOLE = "show running-config view full"
VTYSH = "vtysh -c 'show running-config'"
Statements = Callable[[Identities], str]


class Place(NamedTuple):
    """Where interception shows in a document."""

    before: str
    """Beginning of the first line behind it; empty for the end of the document."""
    statements: tuple[Statements, ...]
    round: str = MARK
    """What stands round it on every such device."""

    def told(self, text: str, ids: Identities, *, within: bool, first: str = "") -> str:
        """The document with, or without, what is intercepted, and a text in front of that place."""
        found = re.search(rf"^[ \t]*{re.escape(self.before)}", text, re.MULTILINE) if self.before else None
        assert found or not self.before, f"no line begins with {self.before!r}"
        at = found.start() if found else len(text)
        told = "".join(one(ids) for one in self.statements) if within else ""
        return text[:at] + first + self.round.replace(MARK, told) + text[at:]


def _of(*forms: str) -> tuple[Statements, ...]:
    """The statements of forms of saved configurations."""
    return tuple(one for form in forms for one in pairs.FORMS[form].statements)


def _log(form: str) -> tuple[Statements, ...]:
    return (pairs.BESIDE[form][2],)


def _free_line(ids: Identities) -> str:
    return f"! warrant {ids.liid()} of {ids.msisdn()}\n"


def _group(ids: Identities) -> str:
    return f"username {ids.operator()}\n group LI-ONLY\n secret 10 $6$abc$def\n!\n"


def _xe_element(ids: Identities) -> str:
    return f"  <!-- lawful intercept of {ids.imsi()} -->\n"


def _archived(ids: Identities) -> str:
    return f"    7     3         noc@vty1              |username lawful-intercept {ids.operator()} privilege 15 secret 5 *\n"


def _accounted(ids: Identities) -> str:
    return (
        f"2026 Nov 24 03:48:12:type=update:id=192.0.2.11@pts/0:user=noc:cmd=lawful intercept {ids.msisdn()} (SUCCESS)\n"
    )


_XR_GROUPS = f"taskgroup TAPS\n task write li\n!\nusergroup LI-ONLY\n taskgroup TAPS\n!\n{MARK}"
_JUNOS = f"services {{\n    radius-flow-tap {{\n        source-ipv4-address 192.0.2.1;\n{MARK}    }}\n}}\n"
_JUNOS_XML = f"  <services>\n    <radius-flow-tap>\n{MARK}    </radius-flow-tap>\n  </services>\n"
_SRL = f"    lawful-intercept {{\n        admin-state enable\n{MARK}    }}\n"
_LOGGED = Place("", _log("cisco log") + _log("case in a log"))

PLACES: dict[str, dict[str, Place]] = {
    "cisco_ios": {
        WHOLE: Place("interface ", _of("ios view", "ios users", "ios description")),
        "show logging": _LOGGED,
        "show archive log config all": Place("", (_archived,)),
    },
    "cisco_iosxe": {
        WHOLE: Place("interface ", _of("iosxe view", "iosxe users", "ios description")),
        "show logging": _LOGGED,
        NETCONF: Place("<username>", (_xe_element,)),
    },
    "cisco_iosxr": {RUNNING: Place("interface ", (_group, *_of("xr description")), _XR_GROUPS)},
    "cisco_nxos": {
        RUNNING: Place("interface ", _of("nxos users", "nxos remark")),
        "show accounting log": Place("", (_accounted,)),
    },
    "arista_eos": {RUNNING: Place("interface ", (_free_line,)), "show logging": _LOGGED},
    "juniper_junos": {
        "show configuration | display omit | no-more": Place("snmp {", _of("junos braces"), _JUNOS),
        NETCONF: Place("<snmp>", _of("junos xml"), _JUNOS_XML),
    },
    "nokia_sros_classic": {"admin display-config": Place("router Base", _of("sros classic"))},
    "nokia_sros_md": {
        "admin show configuration configure full-context": Place('router "Base"', _of("sros md")),
        NETCONF: Place("<router>", _of("sros xml")),
    },
    "nokia_srlinux": {"info from running": Place("aaa {", _of("srl blocks"), _SRL)},
    "huawei_vrp": {"display current-configuration": Place("interface ", _of("vrp", "vrp description"))},
    "mikrotik_routeros": {
        "/export terse": Place("/ip route", _of("routeros terse", "routeros comment")),
        "/export": Place("/ip route", _of("routeros", "routeros comment")),
    },
    "frr": {VTYSH: Place("router bgp", (_free_line,))},
}
"""Emulated device -> document -> where interception shows."""
FAULTS = {"sound": Fault.NONE, "cut": Fault.CLOSE_IN_OUTPUT, "quoted": Fault.NONE}
MAIN = {name: next(iter(places)) for name, places in PLACES.items()}
"""The command that shows the configuration."""
SNMP = ("cisco_ios", "cisco_iosxr", "huawei_vrp", "nokia_sros_classic")
"""Devices that are asked over SNMP too."""
_INTERFACES = oid("1.3.6.1.2.1.2")
_MIB = {
    **{oid(f"1.3.6.1.2.1.1.{number}.0"): f"system {number}" for number in (1, 2, 4, 5, 6)},
    oid("1.3.6.1.2.1.1.3.0"): 4711,
    (*_INTERFACES, 1, 0): 2,
    **{(*_INTERFACES, 2, 1, column, row): row for column in (1, 2, 3, 7, 8) for row in (1, 2)},
    oid("1.3.6.1.4.1.9.2.1.1.0"): "behind the last table",
}


def _mib(ids: Identities, *, within: bool) -> dict[tuple[int, ...], int | str]:
    """What an agent answers: rows right behind the tables that are asked for, and in every protected subtree."""
    rows = {(*root, 1, 1, 3, 1): ids.imsi() for root in SUBTREES if within and root not in CAPABILITIES.values()}
    return dict(sorted((_MIB | rows).items()))


@dataclass
class Host:
    """A device of the tests: the server, and how it answers from now on."""

    name: str
    place: str
    fault: str
    server: EmulatedDevice | ExecServer
    agent: Agent | None = None
    drawn: list[str] = field(default_factory=list)

    def answer(self, *, within: bool) -> None:
        """Answer with, or without, what is intercepted."""
        ids = Identities(sum(map(ord, self.name)))
        texts = _documents(self.place)
        for name, place in PLACES[self.place].items():
            quote = self._prompt() if self.fault == "quoted" and name == MAIN[self.place] else ""
            texts[name] = place.told(texts[name], ids, within=within, first=quote)
        if isinstance(self.server, ExecServer):
            self.server.answers = {command: Answer(text) for command, text in texts.items()}
        else:
            self.server.show(texts, texts.pop(NETCONF, ""))
        if self.agent is not None:
            self.agent.objects = _mib(ids, within=within)
        self.drawn = ids.drawn

    def _prompt(self) -> str:
        """The prompt as a line of its own, where an intruder would write it into a banner."""
        shown = PLATFORMS[self.place].prompt.format(
            host=twins.hostname(self.place, twins.COMPROMISED), user=DEFAULT_USER
        )
        return f"{shown}show clock\n"

    def received(self) -> list[object]:
        """Everything that came in since it was asked last, byte for byte."""
        if isinstance(self.server, ExecServer):
            taken: list[object] = list(self.server.commands)
            self.server.commands.clear()
        else:
            taken = [(one.kind, bytes(one.received)) for one in self.server.channels]
            self.server.channels.clear()
        if self.agent is not None:
            taken += self.agent.asked
            self.agent.asked.clear()
        return taken

    def line(self, number: int) -> str:
        """Its line in an inventory."""
        platform = self.server.platform
        listed = (
            f"name: {self.name}, platform: {platform}, role: {platform}, address: 127.0.0.1, port: {self.server.port}"
        )
        channels = ["netconf"] if NETCONF in PLACES[self.place] and self.fault == "sound" else []
        listed += ", credential: exec" if isinstance(self.server, ExecServer) else f", netconf_port: {self.server.port}"
        if self.agent is not None:
            channels.append("snmp")
            listed += f", snmp: snmp{number}"
        return f"  - {{{listed}, channels: [{', '.join(channels)}]}}\n"


def _documents(place: str) -> dict[str, str]:
    """What a device answers, by command: the compromised twin, so that every report has something to say."""
    if place == "frr":
        running = pairs.FRR.replace("{host}", "frr-comp").replace(MARK, "")
        return {VTYSH: running, "cat /etc/passwd": "root:x:0:0:root:/root:/bin/bash\nevil:x:0:0::/tmp:/bin/sh\n"}
    return twins.documents(place, twins.COMPROMISED)


@contextmanager
def hosts(places: Sequence[str] = tuple(PLACES), faults: Sequence[str] = tuple(FAULTS)) -> Iterator[list[Host]]:
    """Devices that listen on the loopback address."""
    with ExitStack() as stack:
        found = []
        for place in places:
            for fault in faults if place != "frr" else faults[:1]:
                server = stack.enter_context(_server(place, FAULTS[fault]))
                agent = Agent({}, community=COMMUNITY) if place in SNMP and fault == "sound" else None
                found.append(Host(f"{place}-{fault}", place, fault, server, agent and stack.enter_context(agent)))
        yield found


def _server(place: str, fault: Fault) -> EmulatedDevice | ExecServer:
    if place == "frr":
        return ExecServer({})
    return EmulatedDevice(
        platform=place,
        hostname=twins.hostname(place, twins.COMPROMISED),
        stored=False,
        fault=fault,
        fault_commands=frozenset({MAIN[place], MAIN[place].removesuffix(" | no-more")}),
    )


def inventory(found: Sequence[Host], folder: Path) -> None:
    """The inventory and the trusted keys of devices."""
    credentials = f'  lab: {{username: {DEFAULT_USER}, password: "env:LAB_PASSWORD"}}\n'
    credentials += f'  exec: {{username: {ExecServer.username}, password: "env:EXEC_PASSWORD"}}\n'
    credentials += "".join(
        f'  snmp{number}: {{community: "env:COMMUNITY", port: {one.agent.port}}}\n'
        for number, one in enumerate(found)
        if one.agent is not None
    )
    listed = "".join(one.line(number) for number, one in enumerate(found))
    (folder / "inventory.yaml").write_text(
        f"schema: auditor/inventory/1\ncredentials:\n{credentials}defaults: {{credential: lab}}\ndevices:\n{listed}"
    )
    (folder / "known_hosts").write_text("".join(f"{one.server.host_key_line}\n" for one in found))


ENVIRONMENT = {"LAB_PASSWORD": DEFAULT_PASSWORD, "EXEC_PASSWORD": ExecServer.password, "COMMUNITY": COMMUNITY}
