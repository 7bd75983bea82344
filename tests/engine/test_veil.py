"""What no report repeats: names of operators of intercepts, and addresses of declared mediation devices."""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec
import pytest

from auditor.engine import packs as packs_module
from auditor.engine.declarations import Declarations, load
from auditor.engine.device import Task, audit_device
from auditor.engine.veil import Veil, keyed
from auditor.model.check import FleetCheck
from auditor.model.declarations import Declared
from auditor.model.device import Device
from auditor.model.snapshot import RUNNING, Document, Snapshot
from auditor.syntax.datafile import DataFileError
from auditor.syntax.mask import Masker

TODAY = datetime.date(2026, 11, 24)
KEY = b"the key of the tests"
PACKS = packs_module.load()
LAWFUL = """schema: auditor/declarations/1
management: {snmp_managers: [192.0.2.20]}
accounts: {local_users: [noc]}
lawful_intercept:
  points: [r1]
  mediation_devices: [192.0.2.70, 192.0.2.71, "2001:db8::70"]
  admf: [192.0.2.72]
  admins: [li-op1]
  snmp_users: [md-snmp1]
"""
IOS = """version 15.2
hostname r1
username li-op1 privilege 15 password 7 0822455D0A16
username xli-op12 privilege 15 password 7 0822455D0A16
snmp-server host 192.0.2.71 version 2c s3cr
snmp-server host 192.0.2.72 version 3 auth md-snmp1
snmp-server host 192.0.2.170 version 2c s3cr
ip route 192.0.2.70 255.255.255.255 203.0.113.9
logging host 192.0.2.71
tacacs-server host 192.0.2.72 key k
end
"""
JUNOS = """set version 22.4R3.25
set system host-name r1
set system login class TAP permissions flow-tap-operation
set system login user wiretapper class TAP
set system login user wiretapper authentication encrypted-password "$1$abcdefgh$abcdefghijklmnopqrstuv"
set system login user noc class super-user
set system login user noc authentication encrypted-password "$1$abcdefgh$abcdefghijklmnopqrstuv"
set system syslog host 192.0.2.70 any info
"""


pytestmark = pytest.mark.requirement("R-LI-07")


def declarations(folder: Path) -> Declarations:
    path = folder / "d.yaml"
    path.write_text(LAWFUL, "utf-8")
    path.chmod(0o600)
    return load([path], TODAY)


def outcome(platform: str, config: str, declared: Declarations):
    device = Device(name="r1", platform=platform)
    snapshot = Snapshot(device, (Document(name=RUNNING, content=config.encode()),))
    return audit_device(Task(snapshot, declared.on(device)), PACKS, tuple(PACKS.checks), KEY)


def printed(found) -> str:
    kept = [one for one in found.observed if isinstance(PACKS.checks[one.check], FleetCheck)]
    texts = [
        msgspec.json.encode(one).decode() for one in (found.record, *found.findings, *found.reviews, *found.results)
    ]
    return "\n".join([*texts, repr(kept)])


def test_nothing_of_the_declarations_is_printed(tmp_path: Path) -> None:
    found = outcome("cisco_ios", IOS, declarations(tmp_path))
    text = printed(found)
    for secret in ("192.0.2.70", "192.0.2.71", "192.0.2.72", "md-snmp1", '"li-op1', " li-op1"):
        assert secret not in text
    assert "declared mediation device #2" in text
    assert "declared LI administration function #1" in text
    assert "an LI account #1" in text
    assert "xli-op12" in text, "another name that contains it stays"
    assert "192.0.2.170" in text, "another address that contains it stays"
    subjects = [(one.check, one.subject) for one in found.findings]
    assert len(set(subjects)) == len(subjects)


def test_an_account_that_the_device_shows_to_have_the_right_has_no_name(tmp_path: Path) -> None:
    found = outcome("juniper_junos", JUNOS, declarations(tmp_path))
    text = printed(found)
    assert "wiretapper" not in text
    assert "an LI account #" in text
    assert "user noc" in text
    without = printed(outcome("juniper_junos", JUNOS, Declarations()))
    assert "wiretapper" not in without, "not without a declaration either"


def test_fingerprints_hold_no_hidden_text(tmp_path: Path) -> None:
    """The same finding about another hidden name has the same fingerprint: it cannot be tried out."""
    declared = declarations(tmp_path)
    one = outcome("cisco_ios", IOS, declared)
    path = tmp_path / "d.yaml"
    path.chmod(0o600)
    path.write_text(LAWFUL.replace("li-op1", "someone"), "utf-8")
    other = outcome("cisco_ios", IOS.replace("username li-op1", "username someone"), load([path], TODAY))
    assert [f.fingerprint for f in one.findings] == [f.fingerprint for f in other.findings]


ELSEWHERE = """schema: auditor/declarations/1
lawful_intercept:
  points: [r1]
  mediation_devices: [192.0.2.70, {address: 192.0.2.71, devices: [r2]}, {address: 192.0.2.73, expires: 2020-01-01}]
  admf: [{address: 192.0.2.72, devices: [r2]}]
  admins: [{name: li-op1, devices: [r2]}, {name: li-op3, expires: 2020-01-01}]
  snmp_users: [{name: md-snmp1, devices: [r2]}]
"""


def test_what_is_declared_for_others_or_no_longer_is_not_printed_either(tmp_path: Path) -> None:
    """It counts as undeclared on this device, and is still who operates intercepts and where they go."""
    path = tmp_path / "d.yaml"
    path.write_text(ELSEWHERE, "utf-8")
    path.chmod(0o600)
    config = IOS.replace(
        "end\n", "username li-op3 privilege 15 password 7 0822455D0A16\nlogging host 192.0.2.73\nend\n"
    )
    found = outcome("cisco_ios", config, load([path], TODAY))
    text = printed(found)
    for secret in ("192.0.2.71", "192.0.2.72", "192.0.2.73", "md-snmp1", '"li-op1', " li-op1", "li-op3"):
        assert secret not in text
    assert "mediation device #2 (declared for other devices)" in text
    assert "mediation device (declaration #1 of those that expired)" in text
    assert "LI administration function #1 (declared for other devices)" in text
    # What counts as declared is as it was.
    assert [one.check for one in found.findings] == [
        one.check for one in outcome("cisco_ios", config, load([path], TODAY)).findings
    ]
    assert "declared mediation device #2" not in text


def test_checks_see_none_of_them(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(ELSEWHERE, "utf-8")
    path.chmod(0o600)
    declared = load([path], TODAY).on(Device("r1", "cisco_ios"))
    assert declared.li.names == ("li-op1", "md-snmp1", "li-op3")
    seen = keyed(declared, Masker(KEY))
    assert "li-op" not in repr(seen) and "192.0.2.71" not in repr(seen)


@pytest.mark.parametrize(
    "broken",
    [
        "admf: [secret-op]",
        "mediation_devices: [{address: secret-op}]",
        "admins: [{secret-op: x}]",
        "admins: [{name: 'secret-op*'}]",
        "admins: [{name: secret-op, expires: soon}]",
        "admins: {secret-op: x}",
        "admins: secret-op",
        "snmp_users: [[secret-op]]",
        "mediation_devices: [{address: 192.0.2.7, role: secret-op}]",
        "x1_ports: {r1: secret-op}",
        "protected_paths: {r1: secret-op}",
        "max_tap_days: secret-op",
        "separation_required: secret-op",
        "admins: [secret-op, 'x]",
        "admins: [secret-op",
        "admins: [secret-op]\n  admins: [secret-op]",
        "admins:\n  - {name: secret-op, devices: r1}",
        "admins:\n\t- secret-op",
        "admins: [*secret-op]",
        "admins: [!secret-op x]",
    ],
)
def test_no_error_of_a_broken_section_repeats_a_value(broken: str, tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(f"schema: auditor/declarations/1\nlawful_intercept:\n  {broken}\n", "utf-8")
    path.chmod(0o600)
    with pytest.raises(DataFileError) as told:
        load([path], TODAY)
    assert "secret-op" not in str(told.value)


def test_without_declarations_nothing_is_touched() -> None:
    assert "192.0.2.70" in printed(outcome("cisco_ios", IOS, Declarations()))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("permit host 192.0.2.70", "permit host MD"),
        ("address 192.0.2.70/32;", "address MD/32;"),
        ("192.0.2.70:161, then", "MD:161, then"),
        ("udp://192.0.2.70:9000/x udp:192.0.2.70 to-192.0.2.70 md_192.0.2.70", "udp://MD:9000/x udp:MD to-MD md_MD"),
        ("192-0-2-70.md.example 1.3.192.0.2.70 192.0.2.70.1", "MD.md.example 1.3.192.0.2.70 192.0.2.70.1"),
        ("::ffff:192.0.2.70 and 192.0.2.70.md.example", "MD and MD.md.example"),
        ("[2001:db8::70]:8443", "[MD]:8443"),
        ("to 192.0.2.70.", "to MD."),
        ("1192.0.2.70 192.0.2.701 192.0.2.7", "1192.0.2.70 192.0.2.701 192.0.2.7"),
        ("peer 2001:db8::70 up", "peer MD up"),
        ("peer 2001:DB8:0::70 up", "peer MD up"),
        ("at 12:30:01.5", "at 12:30:01.5"),
        ("user OP and Op, not OPS", "user an LI account #1 and an LI account #1, not OPS"),
        ("user op, op2 and my-op", "user an LI account #1, op2 and my-op"),
    ],
)
def test_words(text: str, shown: str) -> None:
    receivers = (Declared("192.0.2.70", label="MD"), Declared("2001:db8::70", label="MD"))
    assert Veil(["op"], receivers).text(text) == shown


def test_accounts_that_differ_in_capitals_alone_stay_two() -> None:
    assert Veil(["op", "Op"], ()).text("op Op OP") == "an LI account #1 an LI account #2 an LI account #1"
