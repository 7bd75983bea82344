"""A real agent with the tap tables: what is found, and what was sent for it."""

from __future__ import annotations

import asyncio
import socket
import threading
from datetime import timedelta
from typing import Any

import pytest
from pysnmp.hlapi.v3arch import asyncio as snmp

from auditor.li_office import compare, examine, rules
from auditor.li_office import snmp as snmp_reader
from auditor.li_office.compare import Comparison, Result
from auditor.li_office.snmp import Principal, SnmpReader
from auditor.li_office.taps import read_taps
from auditor.li_office.walker import ReadError
from auditor.model.device import Device
from lab.li_tap import AUDIT_COLUMNS, PASSWORDS, TapAgent
from tests.li_office.conftest import MD, NOW, OTHER_MD, UNDECLARED, Office, hex_time, line, reader, tap

WIDE = ("liwide", "sha-512")
DEBUG_COLUMN = rules.text(rules.DEBUG_USER_STATUS)


class Relay:
    """Stands between the reader and the agent and, where it should, changes the last octet of encrypted answers."""

    def __init__(self, agent: TapAgent, *, change: bool) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        # From loopback nothing can be sent to a container.
        self._socket.bind(("127.0.0.1" if agent.address == "127.0.0.1" else "", 0))
        self._socket.settimeout(0.2)
        self._agent = (agent.address, agent.port)
        self._change = change
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._relay)
        self.port = self._socket.getsockname()[1]
        self.changed = 0

    def __enter__(self) -> Relay:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()
        self._socket.close()

    def _relay(self) -> None:
        manager = None
        while not self._stop.is_set():
            try:
                content, sender = self._socket.recvfrom(65535)
            except TimeoutError:
                continue
            if sender != self._agent:
                manager = sender
                self._socket.sendto(content, self._agent)
                continue
            # Reports of the discovery are plain and name usmStats; answers with a user are encrypted.
            if self._change and b"liaudit" in content:
                content = content[:-1] + bytes([content[-1] ^ 1])
                self.changed += 1
            self._socket.sendto(content, manager)


def sound(count: int = 50) -> list[dict[str, Any]]:
    return [tap(content) for content in range(1, count + 1)]


def registered(count: int = 50, device: str = "pe1") -> list[str]:
    return [line(device, content) for content in range(1, count + 1)]


def result(office: Office, agent: TapAgent, lines: list[str], *user: str, **options: Any) -> Result:
    register = office.register(*lines, **options)
    with reader(agent, *user) as session:
        return Comparison(register, office.key, NOW).observed("pe1", read_taps(session))


def rows(found: tuple[Any, ...]) -> list[str]:
    return [one.row for one in found]


def test_fifty_registered_and_fifty_active_match(office: Office, agent: TapAgent) -> None:
    agent.taps(sound())
    found = result(office, agent, registered())
    assert (found.authorised, found.observed, found.matched) == (50, 50, 50)
    assert found.findings == ()
    assert found.notes == ()


def test_the_fifty_first_tap_beside_fifty_registered_ones_is_found(office: Office, agent: TapAgent) -> None:
    agent.taps([*sound(), tap(51)])
    found = result(office, agent, registered())
    assert (found.authorised, found.observed, found.matched) == (50, 51, 50)
    assert rows(found.unmatched) == ["51.1"]
    assert found.findings == (compare.COUNT_MISMATCH,)


def test_a_second_stream_under_a_registered_content_id_is_found(office: Office, agent: TapAgent) -> None:
    agent.taps([*sound(3), tap(2, stream=2)])
    assert rows(result(office, agent, registered(3)).unmatched) == ["2.2"]


def test_one_in_place_of_another_is_found_although_the_numbers_agree(office: Office, agent: TapAgent) -> None:
    agent.taps([*sound(49), tap(51)])
    found = result(office, agent, registered())
    assert (found.authorised, found.observed) == (50, 50)
    assert rows(found.unmatched) == ["51.1"]
    assert [one.why for one in found.missing] == ["not there"]


def test_expired_and_early_ones_are_found(office: Office, agent: TapAgent) -> None:
    agent.taps(sound(4))
    lines = [*registered(2), line("pe1", 3, end=-1), line("pe1", 4, begin=2)]
    found = result(office, agent, lines)
    assert (found.authorised, found.observed, found.matched) == (2, 4, 2)
    assert (rows(found.expired), rows(found.not_yet_valid)) == (["3.1"], ["4.1"])
    assert found.unmatched == ()
    assert found.findings == (compare.COUNT_MISMATCH,)


def test_the_last_day_still_counts(office: Office, agent: TapAgent) -> None:
    agent.taps(sound(2))
    found = result(office, agent, [line("pe1", 1, end=0), line("pe1", 2, begin=0)])
    assert found.matched == 2


def test_missing_ones_are_found_with_what_is_there_instead(office: Office, agent: TapAgent) -> None:
    agent.taps([tap(1), tap(2, enabled=False), tap(3, status=2), tap(4, address=UNDECLARED)])
    found = result(office, agent, registered(5))
    assert [one.why for one in found.missing] == [
        "there, not active",
        "there, not active",
        "active, with another destination",
        "not there",
    ]
    assert (found.observed, found.matched) == (2, 1)


def test_a_delivery_to_an_undeclared_address_is_found(office: Office, agent: TapAgent) -> None:
    agent.taps([tap(1), tap(2, address=UNDECLARED), tap(3, port=9001), tap(4, address="2001:db8::7")])
    lines = [line("pe1", 1), line("pe1", 2), line("pe1", 3), line("pe1", 4), line("pe1", 9, md=OTHER_MD)]
    found = result(office, agent, lines)
    assert [(row.row, row.destination, row.registered) for row in found.misdelivered] == [
        ("2.1", f"{UNDECLARED}:9000", True),
    ]
    assert [(row.row, row.declared) for row in found.unmatched] == [("2.1", False), ("3.1", True), ("4.1", True)]
    assert compare.DELIVERY_UNDECLARED in found.findings


def test_a_tap_to_ipv6_matches(office: Office, agent: TapAgent) -> None:
    agent.taps([tap(1, address="2001:db8:0:0::7")])
    assert result(office, agent, [line("pe1", 1, md=OTHER_MD)]).matched == 1


def test_ends_that_mean_nothing_are_found(office: Office, agent: TapAgent) -> None:
    times = [
        hex_time(NOW + timedelta(days=30)),
        hex_time(NOW + timedelta(days=3000)),
        hex_time(NOW - timedelta(days=2)),
        "00 00 00 00 00 00 00 00",
        hex_time(NOW + timedelta(days=30)) + " 2B 02 00",
    ]
    agent.taps([tap(number, timeout=time) for number, time in enumerate(times, 1)])
    found = result(office, agent, registered(5))
    assert [(row.row, row.why) for row in found.no_expiry] == [
        ("2.1", "ends in more than 366 days"),
        ("3.1", "the time of its end is past"),
        ("4.1", "the time of its end is none"),
    ]
    assert found.findings == (compare.NO_EXPIRY,)
    assert rows(result(office, agent, registered(5), maximum_days=10).no_expiry) == ["1.1", "2.1", "3.1", "4.1", "5.1"]


def test_switched_off_notifications_are_found(office: Office, agent: TapAgent) -> None:
    agent.taps([tap(1), tap(2, notify=False)])
    found = result(office, agent, registered(2))
    assert rows(found.notification_disabled) == ["2.1"]
    assert found.findings == (compare.NOTIFICATIONS_MISSING,)


def test_long_privacy_keys_are_made_in_ciscos_way(office: Office, agent: TapAgent) -> None:
    agent.taps(sound(1))
    assert result(office, agent, registered(1), "licisco", "sha", "aes-256").matched == 1


def test_answers_that_were_changed_on_the_way_are_not_believed(
    agent: TapAgent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snmp_reader, "_TIMEOUT", 1)
    monkeypatch.setattr(snmp_reader, "_RETRIES", 0)
    agent.taps(sound(2))
    for change, believed in ((False, True), (True, False)):
        with Relay(agent, change=change) as relay:
            principal = Principal("liaudit", "sha-256", PASSWORDS[0], "aes-128", PASSWORDS[1])
            with SnmpReader("127.0.0.1", relay.port, principal) as session:
                if believed:
                    assert len(read_taps(session).taps) == 2
                else:
                    with pytest.raises(ReadError):
                        read_taps(session)
        assert relay.changed > 0 or not change


def test_a_device_that_takes_too_long_is_left(agent: TapAgent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snmp_reader, "_LONGEST", -1)
    with reader(agent) as session, pytest.raises(ReadError, match="longer than"):
        read_taps(session)
    assert agent.requests() == []


def test_debug_users_are_counted_where_the_view_has_the_column(office: Office, agent: TapAgent) -> None:
    agent.taps(sound(2), [[1, "joe"], [2, "ann"]])
    found = result(office, agent, registered(2), "lidebug")
    assert found.debug_users == 2
    assert found.findings == (compare.DEBUG_USER_ACTIVE,)
    assert result(office, agent, registered(2)).debug_users is None


@pytest.mark.requirement("R-LI-06")
def test_nothing_visible_is_no_clean_result(office: Office, agent: TapAgent) -> None:
    agent.taps(sound(2))
    found = result(office, agent, registered(2), "lihidden")
    assert (found.observed, found.matched) == (None, None)
    assert [one.why for one in found.missing] == ["not seen", "not seen"]
    assert found.findings == (compare.COUNT_MISMATCH,)
    assert "look alike" in found.problem
    empty = result(office, agent, [], "lihidden")
    assert (empty.observed, empty.findings) == (None, ())
    assert "look alike" in empty.problem


@pytest.mark.requirement("R-LI-06")
def test_with_destinations_hidden_only_the_number_is_judged(office: Office, agent: TapAgent) -> None:
    agent.taps(sound(3))
    found = result(office, agent, registered(3), "liblind")
    assert (found.authorised, found.observed, found.matched, found.findings) == (3, 3, None, ())
    assert (found.unmatched, found.misdelivered, found.missing) == ((), (), ())
    assert "does not see the destinations" in found.problem
    assert "destination address, destination port, time of the end, notification" in "".join(found.notes)
    assert result(office, agent, registered(2), "liblind").findings == (compare.COUNT_MISMATCH,)


def test_a_tap_without_its_mediation_row_is_not_passed_over(office: Office, agent: TapAgent) -> None:
    agent.taps([tap(1), tap(2, mediation=False)])
    found = result(office, agent, registered(2))
    assert rows(found.unmatched) == ["2.1"]
    assert rows(found.misdelivered) == ["2.1"]
    assert "half there" in "".join(found.notes)


def test_an_object_of_another_type_is_an_error_that_quotes_nothing(office: Office, agent: TapAgent) -> None:
    agent.taps([tap(1, enabled_as=["string", "class-1-secret"])])
    with reader(agent) as session, pytest.raises(ReadError, match="another type") as failure:
        read_taps(session)
    assert "class-1" not in str(failure.value)


@pytest.mark.requirement("R-LI-01")
@pytest.mark.requirement("R-LI-04")
@pytest.mark.parametrize("user", [("liaudit", "sha-256"), WIDE], ids=["count-only view", "permissive view"])
def test_only_getnext_of_the_allowed_columns_comes_over_the_wire(
    office: Office, agent: TapAgent, user: tuple[str, str]
) -> None:
    agent.taps([*sound(), tap(51, address=UNDECLARED)], [[1, "joe"]])
    found = result(office, agent, registered(), *user)
    assert rows(found.unmatched) == ["51.1"]
    requests = agent.requests()
    assert len(requests) > 7 * 51
    assert {request.command for request in requests} == {"GETNEXT"}
    assert agent.commands() <= {"GET", "GETNEXT"}
    assert not [line for line in agent.reached() if line.startswith("set")]
    permitted = (*AUDIT_COLUMNS, DEBUG_COLUMN)
    outside = [
        one.oid for one in requests if not any(one.oid == oid or one.oid.startswith(f"{oid}.") for oid in permitted)
    ]
    assert outside == []


def test_a_permissive_view_is_reported_and_the_debug_users_are_left_alone(office: Office, agent: TapAgent) -> None:
    agent.taps(sound(2), [[1, "joe"]])
    found = result(office, agent, registered(2), *WIDE)
    assert "narrow it" in "".join(found.notes)
    assert found.debug_users is None
    assert not [one for one in agent.requests() if one.oid.startswith(DEBUG_COLUMN)]


def test_the_recorder_would_see_a_forbidden_request(agent: TapAgent) -> None:
    """The proof above is worth something: another OID and another command are seen."""

    async def forbidden() -> None:
        user = snmp.UsmUserData(WIDE[0], *PASSWORDS, snmp.USM_AUTH_HMAC384_SHA512, snmp.USM_PRIV_CFB128_AES)
        target = await snmp.UdpTransportTarget.create((agent.address, agent.port))
        engine = snmp.SnmpEngine()
        new_index = snmp.ObjectType(snmp.ObjectIdentity("1.3.6.1.4.1.9.9.399.1.1.1.0"))
        await snmp.get_cmd(engine, user, target, snmp.ContextData(), new_index, lookupMib=False)
        status = snmp.ObjectType(snmp.ObjectIdentity("1.3.6.1.4.1.9.9.399.1.2.1.1.6.1.1"), snmp.Integer32(6))
        await snmp.set_cmd(engine, user, target, snmp.ContextData(), status, lookupMib=False)
        engine.close_dispatcher()

    agent.taps(sound(1))
    asyncio.run(forbidden())
    assert ("GET", "1.3.6.1.4.1.9.9.399.1.1.1.0") in [(one.command, one.oid) for one in agent.requests()]
    assert "SET" in agent.commands()
    assert [line for line in agent.reached() if line.startswith("set")]


@pytest.mark.parametrize(
    ("user", "authentication", "key"),
    [("liaudit", "sha-256", "another-password"), ("nobody", "sha-256", PASSWORDS[0]), ("liaudit", "sha", PASSWORDS[0])],
)
def test_a_refused_principal_is_said_and_nothing_counts_as_seen(
    office: Office, agent: TapAgent, user: str, authentication: str, key: str
) -> None:
    agent.taps(sound(1))
    device = Device("pe1", platform="cisco_iosxe", address=agent.address)
    principal = Principal(user, authentication, key, "aes-128", PASSWORDS[1])
    inputs = examine.Inputs(office.register(*registered(1)), office.key, principal, {}, agent.port)
    (one,) = examine.examine([device], inputs, NOW)
    assert one.result.problem.startswith("not examined: ")
    assert (one.result.observed, one.result.authorised, one.result.findings) == (None, 1, ())
    assert one.oids == ()


def test_devices_of_other_platforms_have_handed_in_counts_or_none(office: Office, agent: TapAgent) -> None:
    lines = [line("p1", 1), line("p1", 2), line("p2", 1)]
    devices = [Device(name, platform="nokia_sros", address="192.0.2.1") for name in ("p1", "p2", "p3")]
    inputs = examine.Inputs(office.register(*lines), office.key, None, {"p1": 3, "p3": 0}, 161)
    first, second, third = (one.result for one in examine.examine(devices, inputs, NOW))
    assert (first.authorised, first.observed, first.findings) == (2, 3, (compare.COUNT_MISMATCH,))
    assert (second.observed, second.problem) == (None, "not examined: no count was handed in")
    assert (third.observed, third.findings) == (0, ())
    assert agent.requests() == []


def test_intercepts_of_other_mechanisms_are_named_as_not_compared(office: Office, agent: TapAgent) -> None:
    agent.taps(sound(1))
    lines = [line("pe1", 1), f"pe1,cisco-radius,,,subscriber-1,{MD},2026-01-01,2999-01-01"]
    found = result(office, agent, lines)
    assert (found.authorised, found.matched, found.missing) == (1, 1, ())
    assert found.notes == ("1 authorised intercepts of other mechanisms were not compared",)
