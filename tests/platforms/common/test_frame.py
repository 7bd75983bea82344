"""A text whose blanks were taken away says of nothing that it is not written."""

from __future__ import annotations

import pytest

from auditor.engine.packs import load
from auditor.model.areas import Area
from auditor.model.device import Device
from auditor.model.evidence import Code, Known, Unknown
from auditor.model.snapshot import RUNNING, Document
from auditor.syntax.mask import Masker

WHOLE = {
    "cisco_ios": "version 15.2\nhostname r1\ninterface GigabitEthernet0/1\n ip address 192.0.2.1 255.255.255.0\nline vty 0 4\n transport input telnet\nend\n",
    "cisco_iosxr": "!! IOS XR Configuration 7.3.2\nhostname r1\ninterface GigabitEthernet0/0/0/0\n ipv4 address 192.0.2.1 255.255.255.0\n!\nline default\n transport input telnet\n!\nend\n",
    "cisco_nxos": "version 9.3(5)\nhostname r1\ninterface Ethernet1/1\n  no switchport\n  ip address 192.0.2.1/24\nline vty\nboot nxos bootflash:/n.bin\n",
    "arista_eos": "! device: r1 (DCS-7280SR3, EOS-4.31.2F)\nhostname r1\ninterface Ethernet1\n   no switchport\n   ip address 192.0.2.1/24\nend\n",
}


@pytest.mark.parametrize("platform", WHOLE)
def test_lost_indentation(platform: str) -> None:
    definition = load().platforms[platform]

    def complete(text: str) -> object:
        return definition.read(
            Device("r1"), [Document(RUNNING, text.encode())], [], Masker(b"key of the tests")
        ).facts.complete

    text = WHOLE[platform]
    assert isinstance(complete(text), Known)
    lost = complete("".join(f"{line.lstrip()}\n" for line in text.splitlines()))
    assert isinstance(lost, Unknown)
    assert lost.code is Code.CUT and "outside of the block" in lost.reason


@pytest.mark.parametrize("platform", WHOLE)
def test_an_entry_of_a_list_at_the_margin_is_missing_in_the_lists(platform: str) -> None:
    head, end = WHOLE[platform].split("interface", 1)
    text = f"{head}ip access-list extended A\npermit tcp any any\ninterface{end}"
    facts = (
        load()
        .platforms[platform]
        .read(Device("r1"), [Document(RUNNING, text.encode())], [], Masker(b"key of the tests"))
        .facts
    )
    assert Area.ACLS in facts.unread
