"""What the operator declared, and for which devices it holds."""

from __future__ import annotations

import contextlib
import datetime
from pathlib import Path

import pytest

from auditor.engine.declarations import TOPICS, Declarations, load
from auditor.model.declarations import DeviceDeclarations, LiDeclarations, contains, covers, network
from auditor.model.device import Device
from auditor.syntax.datafile import DataFileError

TODAY = datetime.date(2026, 11, 24)
HEAD = "schema: auditor/declarations/1\n"
PE = Device("pe1-osl", role="pe", site="osl", tags=("edge", "ix"))


def read(tmp_path: Path, text: str, name: str = "d.yaml") -> Declarations:
    path = tmp_path / name
    path.write_text(HEAD + text, "utf-8")
    path.chmod(0o600)
    return load([path], TODAY)


def values(entries) -> list[str] | None:
    return None if entries is None else [entry.value for entry in entries]


def test_absent_is_not_empty(tmp_path: Path) -> None:
    on = read(tmp_path, "management:\n  log_hosts: []\n").on(PE)
    assert on.log_hosts == ()
    assert on.jump_hosts is None
    assert Declarations().on(PE) == DeviceDeclarations()


def test_short_and_long_entries(tmp_path: Path) -> None:
    text = (
        "management:\n  ssh_ports: [22, {port: 9922, owner: noc, reason: old}]\npaths:\n  tunnels:\n"
        "    - {peer: 10.0.0.1, kind: gre}\n"
    )
    on = read(tmp_path, text).on(PE)
    assert values(on.ssh_ports) == ["22", "9922"]
    assert on.ssh_ports[1].owner == "noc"
    assert on.tunnels[0].kind == "gre"


@pytest.mark.parametrize(
    ("scope", "holds"),
    [
        ("devices: [pe1-osl]", True),
        ("devices: ['pe*']", True),
        ("devices: [PE1-OSL]", False),
        ("devices: [pe1]", False),
        ("roles: [pe]", True),
        ("roles: [rr, agg]", False),
        ("sites: ['o?l']", True),
        ("tags: [ix]", True),
        ("tags: [core]", False),
        ("devices: ['pe*'], sites: [brg]", False),
        ("devices: ['pe*'], tags: [edge], roles: [pe]", True),
        ("devices: []", False),
    ],
)
def test_scopes(tmp_path: Path, scope: str, holds: bool) -> None:
    on = read(tmp_path, f"accounts:\n  local_users:\n    - {{name: drift, {scope}}}\n").on(PE)
    assert values(on.local_users) == (["drift"] if holds else [])


@pytest.mark.parametrize(
    ("day", "holds"), [("2026-11-23", False), ("2026-11-24", True), ("2026-11-25", True), ("'2026-11-25'", True)]
)
def test_expiry(tmp_path: Path, day: str, holds: bool) -> None:
    found = read(tmp_path, f"accounts:\n  local_users:\n    - {{name: drift, expires: {day}}}\n")
    assert values(found.on(PE).local_users) == (["drift"] if holds else [])
    assert len(found.notes) == (0 if holds else 1)
    if not holds:
        assert found.notes[0] == f"{tmp_path}/d.yaml:4: 'drift' expired on {day}: it counts as undeclared"


@pytest.mark.parametrize("day", ["2026-13-01", "2026-02-30", "20270101", "2027-W01-1", "soon", "2027-1-1", "2027"])
def test_what_is_no_date(tmp_path: Path, day: str) -> None:
    with pytest.raises(DataFileError, match=r"d\.yaml:4: accounts\.local_users: expected a date YYYY-MM-DD"):
        read(tmp_path, f"accounts:\n  local_users:\n    - {{name: drift, expires: '{day}'}}\n")


def test_several_files_add_up(tmp_path: Path) -> None:
    paths = []
    for index, user in enumerate(("a", "b")):
        paths.append(tmp_path / f"{index}.yaml")
        paths[-1].write_text(f"{HEAD}accounts:\n  local_users: [{user}]\n", "utf-8")
    found = load(paths, TODAY)
    assert values(found.on(PE).local_users) == ["a", "b"]
    assert found.files == tuple(map(str, paths))


LAWFUL = """lawful_intercept:
  points: [bng1-lhr, {device: "pe1-*", owner: li-office}]
  mediation_devices: [{address: 192.0.2.70, role: both}, 192.0.2.71, {address: 192.0.2.73, devices: [other]}]
  admf: [192.0.2.72]
  x1_ports: {pe1-osl: 8443}
  admins: [li-op1]
  snmp_groups: [LI-MD-GRP]
  snmp_users: [md-snmp1]
  radius_intercept: [mx-bng1-ams]
  protected_paths: {"pe1-*": vrf LI-MGMT}
  separation_required: true
  local_save_allowed: false
  max_tap_days: 366
"""


def test_lawful_intercept(tmp_path: Path) -> None:
    li = read(tmp_path, LAWFUL).on(PE).li
    assert (li.point, li.radius, li.path, li.x1_port) == (True, False, "vrf LI-MGMT", 8443)
    assert (li.separation_required, li.local_save_allowed, li.max_tap_days) == (True, False, 366)
    assert [one.label for one in li.mediation] == ["declared mediation device #1", "declared mediation device #2"]
    assert [one.kind for one in li.mediation] == ["both", "both"]
    assert [one.label for one in li.receivers][2:] == ["declared LI administration function #1"]
    assert (values(li.admins), values(li.snmp_groups), values(li.snmp_users)) == (
        ["li-op1"],
        ["LI-MD-GRP"],
        ["md-snmp1"],
    )


def test_lawful_intercept_of_which_nothing_was_said(tmp_path: Path) -> None:
    assert read(tmp_path, "management: {}\n").on(PE).li == LiDeclarations()
    assert read(tmp_path, "lawful_intercept:\n  points: []\n").on(PE).li == LiDeclarations(point=False)
    assert LiDeclarations().receivers is None


def test_a_file_about_lawful_intercept_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(HEAD + "lawful_intercept:\n  points: []\n", "utf-8")
    for mode in (0o640, 0o644, 0o604, 0o660):
        path.chmod(mode)
        with pytest.raises(DataFileError, match=rf"d\.yaml:2: lawful_intercept: .*mode {mode:04o}.*chmod 600"):
            load([path], TODAY)
    path.chmod(0o400)
    assert load([path], TODAY).on(PE).li.point is False
    path.chmod(0o644)
    path.write_text(HEAD + "management: {}\n", "utf-8")
    assert load([path], TODAY).files


def test_notes_about_lawful_intercept_repeat_nothing(tmp_path: Path) -> None:
    found = read(tmp_path, "lawful_intercept:\n  admins: [{name: li-op1, expires: 2026-01-01}]\n")
    assert found.on(PE).li.admins == ()
    assert "li-op1" not in found.notes[0]
    assert ":4: an entry of admins expired" in found.notes[0] or ":3: an entry of admins expired" in found.notes[0]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("paths:\n  tunel: []\n", 3, "unknown key 'tunel'; did you mean 'tunnels'?"),
        ("path: {}\n", 2, "unknown key 'path'; did you mean 'paths'?"),
        ("paths:\n  tunnels:\n    - {peer: a, knd: gre}\n", 4, "unknown key 'knd'; did you mean 'kind'?"),
        ("paths:\n  tunnels:\n    - {kind: gre}\n", 4, "paths.tunnels: an entry needs 'peer'"),
        ("paths:\n  tunnels:\n    peer: a\n", 3, "paths.tunnels: expected a list"),
        ("paths:\n  tunnels:\n    - {peer: a, devices: pe1}\n", 4, "devices: expected a list of patterns"),
        ("management:\n  jump_hosts:\n    - 10.0.0.5\n    - noc.example\n", 5, "found 'noc.example'"),
        ("management:\n  jump_hosts: [2001:db8::/129]\n", 3, "expected an address or prefix"),
        ("management:\n  log_hosts: [true]\n", 3, "expected a text or a number"),
        ("management:\n  log_hosts: [[a]]\n", 3, "expected a text or a number"),
        ("management:\n  log_hosts: ['']\n", 3, "expected a text or a number"),
        ("management: 5\n", 2, "management: expected a mapping"),
        ("lawful_intercept:\n  snmp_group: []\n", 3, "did you mean 'snmp_groups'?"),
        (
            "lawful_intercept:\n  mediation_devices:\n    - {address: 192.0.2.1, role: all}\n",
            4,
            "role: expected control",
        ),
        ("lawful_intercept:\n  mediation_devices: [md.example]\n", 3, "expected an address or prefix"),
        ("lawful_intercept:\n  admins: ['li-*']\n", 3, "expected a name, not a pattern"),
        ("lawful_intercept:\n  x1_ports: {pe1: 99999}\n", 3, "x1_ports: expected a port"),
        ("lawful_intercept:\n  x1_ports: [8443]\n", 3, "expected a mapping of devices"),
        ("lawful_intercept:\n  protected_paths: {pe1: tunnel}\n", 3, "expected vrf NAME, vprn N, ipsec, macsec or oob"),
        ("lawful_intercept:\n  separation_required: perhaps\n", 3, "expected true or false"),
        ("lawful_intercept:\n  max_tap_days: 0\n", 3, "expected a number of days"),
        ("lawful_intercept: [pe1]\n", 2, "lawful_intercept: expected a mapping"),
        ("management: {}\nmanagement: {}\n", 3, "'management' is written twice"),
    ],
)
def test_errors_name_file_and_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    with pytest.raises(DataFileError) as caught:
        read(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path}/d.yaml:{line}: ")
    assert what in str(caught.value)


def test_the_schema_is_asked_for(tmp_path: Path) -> None:
    for text in ("", "schema: auditor/declarations/2\n", "- a\n", "a: *b\n"):
        path = tmp_path / "d.yaml"
        path.write_text(text, "utf-8")
        with pytest.raises(DataFileError, match=r"d\.yaml:1: "):
            load([path], TODAY)
    with pytest.raises(DataFileError, match="cannot be read"):
        load([tmp_path / "none.yaml"], TODAY)


@pytest.mark.parametrize("where", ["iocs: [{}]\n", "management:\n  log_hosts: [{}]\n", "accounts: {}\n"])
def test_loading_never_runs_code(tmp_path: Path, where: str) -> None:
    code = f"!!python/object/apply:os.system ['touch {tmp_path}/ran']"
    with contextlib.suppress(DataFileError):
        read(tmp_path, where.format(code))
    assert not (tmp_path / "ran").exists()


def test_every_list_of_the_model_can_be_declared() -> None:
    known = {name for topics in TOPICS.values() for name in topics} | {
        "li",
        "core_ranges",
        "interface_roles",
    }
    assert set(DeviceDeclarations.__struct_fields__) <= known


# --- addresses -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prefix", "address", "inside"),
    [
        ("10.0.0.0/8", "10.1.2.3", True),
        ("10.0.0.0/8", "10.1.2.0/24", True),
        ("10.0.0.0/8", "0.0.0.0/0", False),
        ("10.0.0.1", "10.0.0.1", True),
        ("10.0.0.1", "10.0.0.2", False),
        ("2001:db8::/32", "2001:db8:ff00::15", True),
        ("2001:DB8::1", "2001:db8:0:0::1", True),
        ("2001:db8::/32", "2001:db9::", False),
        ("0.0.0.0/0", "2001:db8::1", False),
        ("::/0", "10.0.0.1", False),
        ("host.example", "10.0.0.1", False),
    ],
)
def test_prefixes(prefix: str, address: str, inside: bool) -> None:
    assert contains(prefix, address) is inside


def test_in_operator_space(tmp_path: Path) -> None:
    on = read(tmp_path, 'address_plan:\n  operator_prefixes: [10.0.0.0/8, "2001:db8::/32"]\n').on(PE)
    assert on.in_operator_space("10.9.9.9") is True
    assert on.in_operator_space("2001:db8::9") is True
    assert on.in_operator_space("203.0.113.7") is False
    assert on.in_operator_space("host.example") is None
    assert DeviceDeclarations().in_operator_space("10.0.0.1") is None
    assert covers(on.operator_prefixes, "10.0.0.0/8") is True
    assert network("10.0.0.5/24") == network("10.0.0.0/24")


def test_core_ranges_carry_the_name_of_their_range(tmp_path: Path) -> None:
    on = read(tmp_path, "address_plan:\n  core_ranges: {ran: [10.40.0.0/16], roaming: [203.0.113.0/25]}\n").on(PE)
    assert [(entry.kind, entry.value) for entry in on.core_ranges] == [
        ("ran", "10.40.0.0/16"),
        ("roaming", "203.0.113.0/25"),
    ]
    with pytest.raises(DataFileError, match=r"d.yaml:3: address_plan.core_ranges.ran: expected an address"):
        read(tmp_path, "address_plan:\n  core_ranges: {ran: [everywhere]}\n")


def test_the_first_pattern_decides_on_the_role_of_an_interface(tmp_path: Path) -> None:
    text = (
        "interfaces:\n  - {pattern: '(?i)description .*customer', role: customer}\n  - {pattern: '^Gi', role: core}\n"
    )
    on = read(tmp_path, text).on(PE)
    assert on.interface_role("Gi0/1", "Customer 7") == "customer"
    assert on.interface_role("Gi0/2", "to pe2") == "core"
    assert on.interface_role("Te0/1") == ""
    assert DeviceDeclarations().interface_role("Gi0/1") == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("interfaces: {pattern: a}\n", r"d.yaml:2: interfaces: expected a list"),
        ("interfaces:\n  - {pattern: a}\n", r"d.yaml:3: interfaces: an entry needs 'pattern' and 'role'"),
        ("interfaces:\n  - {pattern: '(', role: core}\n", r"d.yaml:3: interfaces: not a regular expression"),
        ("interfaces:\n  - {pattern: a, role: b, roel: c}\n", r"d.yaml:3: unknown key 'roel'; .*role"),
    ],
)
def test_wrong_interface_roles(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataFileError, match=message):
        read(tmp_path, text)


def test_names_may_be_patterns_and_addresses_never_are(tmp_path: Path) -> None:
    on = read(tmp_path, "accounts:\n  local_users: ['ops-*', bob]\n").on(PE)
    assert [bool(covers(on.local_users, name)) for name in ("ops-1", "bob", "bobby", "xops-1")] == [
        True,
        True,
        False,
        False,
    ]


def test_an_entry_keeps_its_further_keys_and_its_place(tmp_path: Path) -> None:
    on = read(tmp_path, "accounts:\n  local_users:\n    - {name: rancid, automation: true, role: ro}\n").on(PE)
    assert on.local_users[0].more == {"role": "ro", "automation": "true"}
    assert on.local_users[0].place.endswith("d.yaml:4")
