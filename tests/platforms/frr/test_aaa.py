"""TACACS+ servers of Linux."""

import pytest

from auditor.engine import packs
from auditor.model.areas import Aaa, Area, Method
from auditor.model.device import Device
from auditor.model.evidence import Unknown
from auditor.model.snapshot import RUNNING, Document
from auditor.syntax.mask import Masker


def servers(text: str) -> Aaa:
    return aaa({"/etc/tacplus_servers": text})


def aaa(texts: dict[str, str]) -> Aaa:
    documents = [
        Document(name=RUNNING, content=b"frr version 8.4.4\nend\n"),
        *(Document(name=name, content=text.encode()) for name, text in texts.items()),
    ]
    reading = packs.load().platforms["frr"].read(Device(name="r1", platform="frr"), documents, (), Masker(b"key"))
    found = reading.facts.areas[Area.AAA]
    assert isinstance(found, Aaa)
    return found


def test_a_secret_is_for_the_servers_after_it() -> None:
    found = servers("server=192.0.2.1\nsecret=One\nserver=192.0.2.2:4949\nvrf=mgmt\n#server=192.0.2.3\n")
    assert [(one.address, one.port, one.order, one.vrf, one.secret is None) for one in found.servers] == [
        ("192.0.2.1", None, 1, "mgmt", True),
        ("192.0.2.2", 4949, 2, "mgmt", False),
    ]


def test_addresses_of_ipv6_stand_in_brackets() -> None:
    assert [one.address for one in servers("server=[2001:db8::1]:49\n").servers] == ["2001:db8::1"]


def test_what_pam_asks_is_not_known() -> None:
    assert isinstance(servers("server=192.0.2.1\n").enabled, Unknown)


DEBIAN = {
    "/etc/pam.d/sshd": "# comment\n@include common-auth\naccount required pam_nologin.so\n@include common-account\n",
    "/etc/pam.d/common-auth": "auth\t[success=1 default=ignore]\tpam_unix.so nullok\nauth\trequisite\tpam_deny.so\n",
}


def test_pam_takes_in_other_files() -> None:
    found = aaa(DEBIAN)
    (asked,) = found.login_lists
    assert (found.enabled.need(), asked.methods, asked.spelled) == (False, (Method.LOCAL,), ("pam_unix",))
    assert asked.source.document == "/etc/pam.d/common-auth"
    red_hat = {
        "/etc/pam.d/sshd": "auth substack password-auth\nauth include other\n",
        "/etc/pam.d/password-auth": DEBIAN["/etc/pam.d/common-auth"],
    }
    assert "/etc/pam.d/other" in unknown(red_hat)


def test_a_file_that_takes_in_itself_has_an_end() -> None:
    assert "/etc/pam.d/sshd" in unknown({"/etc/pam.d/sshd": "@include sshd\n"})


def test_pam_that_asks_nobody_is_not_understood() -> None:
    assert "no line of PAM" in unknown({"/etc/pam.d/sshd": "auth required pam_env.so\n"})


def test_servers_that_pam_names() -> None:
    line = (
        "auth sufficient /lib/security/pam_tacplus.so server=192.0.2.30:4949 server=192.0.2.31 secret=One login=pap\n"
    )
    found = aaa(
        {"/etc/tacplus_servers": "server=192.0.2.1\n", **DEBIAN, "/etc/pam.d/sshd": line + "@include common-auth\n"}
    )
    assert found.enabled.need() is True
    assert [(one.address, one.port, one.order, one.secret is None) for one in found.servers] == [
        ("192.0.2.1", None, 1, True),
        ("192.0.2.30", 4949, 2, False),
        ("192.0.2.31", None, 3, False),
    ]
    assert [(one.name, one.protocol, one.members) for one in found.groups] == [
        ("tacacs+", "tacacs+", ("192.0.2.30:4949", "192.0.2.31"))
    ]
    (asked,) = found.login_lists
    assert (asked.methods, asked.spelled) == ((Method.SERVERS, Method.LOCAL), ("tacacs+", "pam_unix"))
    assert "One" not in asked.source.text


@pytest.mark.parametrize(
    ("control", "after"),
    [
        ("sufficient", True),
        ("[success=done default=ignore]", True),
        ("[success=done default=die]", False),
        ("required", False),
    ],
)
def test_who_is_asked_after_a_refusal(control: str, after: bool) -> None:
    (asked,) = aaa({"/etc/pam.d/sshd": f"auth {control} pam_radius_auth.so\nauth sufficient pam_unix.so\n"}).login_lists
    assert asked.after_reject is after


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("auth required pam_oath.so", True),
        ("auth requisite pam_duo.so", True),
        ("auth required pam_google_authenticator.so nullok", False),
        ("auth sufficient pam_u2f.so", False),
        ("account required pam_oath.so", False),
    ],
)
def test_a_second_factor_of_the_device(line: str, asked: bool) -> None:
    (methods,) = aaa({"/etc/pam.d/sshd": f"auth required pam_unix.so\n{line}\n"}).login_lists
    assert methods.second_factor is asked


def unknown(texts: dict[str, str]) -> str:
    enabled = aaa(texts).enabled
    assert isinstance(enabled, Unknown)
    return enabled.reason
