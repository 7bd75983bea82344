"""TACACS+ servers of Linux."""

from auditor.engine import packs
from auditor.model.areas import Aaa, Area
from auditor.model.device import Device
from auditor.model.evidence import Unknown
from auditor.model.snapshot import RUNNING, Document
from auditor.syntax.mask import Masker


def servers(text: str) -> Aaa:
    documents = [
        Document(name=RUNNING, content=b"frr version 8.4.4\nend\n"),
        Document(name="/etc/tacplus_servers", content=text.encode()),
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
