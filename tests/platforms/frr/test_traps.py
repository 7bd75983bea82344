"""What real files of FRR look like: each test names the item of the list of parsing traps, and fails without its handling."""

from __future__ import annotations

import pytest

from auditor.model.areas import Area
from auditor.model.evidence import Known, Unknown
from auditor.model.secret import Strength
from auditor.model.snapshot import RUNNING
from tests.platforms.frr.samples import HEAD, facts, reading

GOOD = (
    HEAD
    + "interface eth0\n description x\n ip address 10.0.0.1/24\nexit\n!\nrouter bgp 1\n neighbor 10.0.0.2 remote-as 2\nexit\n!\nend\n"
)


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.rstrip("\n"),
        GOOD.rstrip("\n") + "\0",
        "\ufeff" + GOOD,
        GOOD.replace("exit\n!\n", "!\n"),
    ],
)
def test_1_and_22_line_ends_and_closing_words(text: str) -> None:
    """Traps 1 and 22: line ends of all kinds; files of old releases close no block."""
    found = reading({RUNNING: text}).facts
    assert isinstance(found.complete, Known)
    assert [one.address for one in found.routing.bgp] == ["10.0.0.2"]
    assert found.interfaces.interfaces[0].addresses == ("10.0.0.1/24",)


@pytest.mark.parametrize("text", ["!!! do not touch", "## core ##", "// to leaf", "! x"])
def test_29_descriptions_that_start_like_comments(text: str) -> None:
    """Trap 29."""
    found = facts(f"interface eth0\n description {text}\n ip address 10.0.0.1/24\nexit\n").interfaces.interfaces[0]
    assert found.description == text
    assert found.addresses == ("10.0.0.1/24",)


def test_8_files_in_front_of_frr_conf_are_no_statements() -> None:
    """Trap 8."""
    dump = "leaf01\nauto lo\niface lo inet loopback\n    address 10.9.9.9/32\n# ports.conf --\nfrr version 8.4\nhostname leaf01\nip route 192.0.2.0/24 10.0.0.1\nline vty\n!\n"
    found = reading({"leaf01.cfg": dump}).facts
    assert found.hostname == "leaf01"
    assert [(one.prefix, one.source.line) for one in found.routes.static] == [("192.0.2.0/24", 8)]


def test_20_repeated_contexts_are_one() -> None:
    """Trap 20: an interface stands in two places; a neighbour is named in several families."""
    body = (
        "interface eth0\n ip address 10.0.0.1/24\nexit\ninterface eth0\n ip address 10.1.0.1/24\n description y\nexit\n"
    )
    (port,) = facts(body).interfaces.interfaces
    assert (port.addresses, port.description) == (("10.0.0.1/24", "10.1.0.1/24"), "y")


def test_30_names_with_special_characters() -> None:
    """Trap 30."""
    found = facts(
        "ip prefix-list FILTER:V6:IN seq 5 permit any\nroute-map A.B:C permit 10\n match ip address prefix-list FILTER:V6:IN\nexit\n"
    ).acls
    assert found.prefix_lists[0].name == "FILTER:V6:IN"
    assert found.undefined == ()


@pytest.mark.parametrize("value", ["<removed>", "******", "xxxxxxxx"])
def test_32_a_scrubbed_password_is_not_judged(value: str) -> None:
    """Trap 32."""
    found = facts(
        f"router bgp 1\n neighbor 10.0.0.2 remote-as 2\n neighbor 10.0.0.2 password {value}\nexit\n"
    ).routing.bgp[0]
    assert found.authentication.need() == "md5"
    assert found.secret is not None
    assert found.secret.strength is Strength.UNKNOWN


def test_33_passwords_with_blanks() -> None:
    """Trap 33: a password ends with its line."""
    text = reading({RUNNING: HEAD + "router bgp 1\n neighbor 10.0.0.2 password MY SECRET WORD\nexit\nend\n"})
    assert "SECRET WORD" not in repr(text)
    assert text.facts.routing.bgp[0].authentication.need() == "md5"


def test_36_only_one_family_is_protected() -> None:
    """Trap 36: the VTY listens in both families, and one has a list."""
    found = facts(
        "access-list M permit 10.0.0.0/8\nline vty\n access-class M\nexit\n",
        daemons='zebra_options=""\nstaticd_options="-P 0"\n',
    )
    assert found.access.points[0].open_families.need() == (6,)


def test_37_the_profile_of_defaults_is_no_statement() -> None:
    """Trap 37: what is silent is silent; an idle time that is not written is not known."""
    found = facts("line vty\nexit\n", daemons='zebra_options="-A 0.0.0.0"\nstaticd_options="-P 0"\n')
    assert isinstance(found.access.points[0].idle_seconds, Unknown)
    set_ = facts("line vty\n exec-timeout 0 0\nexit\n", daemons='zebra_options="-A 0.0.0.0"\nstaticd_options="-P 0"\n')
    assert set_.access.points[0].idle_seconds.need() == 0


def test_39_no_says_something() -> None:
    """Trap 39."""
    body = "router bgp 1\n no bgp default ipv4-unicast\n neighbor 10.0.0.2 remote-as 2\n address-family ipv6 unicast\n  neighbor 10.0.0.2 activate\n exit-address-family\nexit\n"
    assert facts(body).routing.bgp[0].families == ("ipv6 unicast",)
    assert facts("no service password-encryption\n").accounts.obscured.need() is False
    assert facts("service password-encryption\n").accounts.obscured.need() is True


def test_40_mistyped_statements_are_told() -> None:
    """Trap 40."""
    found = facts(
        "router bgp 1\n neighbor 10.0.0.2 remote-as 2\n neighbor 10.0.0.2 pasword x\nexit\ninterface eth0\n ip adress 10.0.0.1/24\nexit\n"
    )
    assert [source.text for source in found.unread[Area.ROUTING]][:1] == ["neighbor 10.0.0.2 pasword x"]
    assert any("ip adress" in source.text for sources in found.unread.values() for source in sources)


def test_6_words_that_people_cut_short() -> None:
    """Trap 6."""
    (port,) = facts("int eth0\n ip addr 10.0.0.1/24\n shut\n no shut\nexit\n").interfaces.interfaces
    assert (port.name, port.addresses, port.shutdown) == ("eth0", ("10.0.0.1/24",), False)
