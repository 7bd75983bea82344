"""Redaction is no way to hide: whatever an intruder writes, statements that are none of interception stay."""

from __future__ import annotations

import pytest

from auditor.engine.packs import load
from auditor.model.device import Device
from auditor.model.snapshot import RUNNING, Document
from auditor.platforms.common.redaction import redact
from auditor.syntax.mask import Masker
from tests.lawful_intercept import pairs

pytestmark = pytest.mark.requirement("R-LI-02")

STATEMENTS = [
    ("cisco_ios", pairs.IOS, "username liid-47112233 privilege 15 secret 9 $9$a$b\n"),
    ("cisco_ios", pairs.IOS, "username lawful-intercept privilege 15 secret 9 $9$a$b\n"),
    ("cisco_ios", pairs.IOS, "snmp-server community liid RW 99\n"),
    ("cisco_ios", pairs.IOS, "!username warrant-12345 privilege 15 secret <removed>\n"),
    ("cisco_ios", pairs.IOS, "ip route 192.0.2.7 255.255.255.255 Tunnel7 name warrant-12345\n"),
    ("cisco_ios", pairs.IOS, "ip tcp intercept list 100\n"),
    ("cisco_ios", pairs.IOS, "interface Tunnel7\n description RADIUS CoA-Request\n tunnel destination 203.0.113.7\n description intercept-id=1\n"),
    ("cisco_ios", pairs.IOS, "username ciscoTap.1=2 privilege 15 secret 9 $9$a$b\n"),
    ("cisco_ios", pairs.IOS, "username evil privilege 15 password 0 x Criteria-ID: 1\n"),
    ("cisco_ios", pairs.IOS, "username evil privilege 15 password 0 ADD DTCP/0.7 x\n"),
    ("cisco_ios", pairs.IOS, "username evil privilege 15 password 0 LI-Action=1\n"),
    ("cisco_ios", pairs.IOS, "tacacs server RADIUS: Alc-LI-x=1\n address ipv4 203.0.113.7\n"),
    ("cisco_nxos", pairs.NXOS, "username lawful-intercept password 5 $5$a$b  role network-admin\n"),
    ("arista_eos", pairs.EOS, "   description tap in rack 7\n"),
    ("juniper_junos", pairs.JUNOS_SET, "set system login user drop-policy class super-user\n"),
    ("juniper_junos", pairs.JUNOS_SET, 'set system login user description authentication ssh-ed25519 "ssh-ed25519 AAAA liid 4711@x"\n'),
    ("juniper_junos", pairs.JUNOS_SET, 'set system login user x authentication encrypted-password "$6$a#liid 47112233"\n'),
    ("juniper_junos", pairs.JUNOS, "    }\n}\nsystem {\n    login {\n        user drop-policy {\n            class super-user;\n        }\n"),
    ("nokia_sros", pairs.SROS_FLAT, '/configure system security aaa local-profiles profile "li" entry 10 match "configure li"\n'),
    ("nokia_sros", pairs.SROS_FLAT, '/configure system security user-params local-user user "li" password "$2y$10$abc"\n'),
    ("nokia_srlinux", pairs.SRL_FLAT, "set / system aaa authentication user lawful-intercept password x\n"),
    ("mikrotik_routeros", pairs.ROS_TERSE, '/user add name=evil group=full comment=warrant address=12345\n'),
    ("mikrotik_routeros", pairs.ROS_TERSE, '/user add comment="warrant" name=evil9999 group=full\n'),
    ("huawei_vrp", pairs.VRP, "local-user li-manager password irreversible-cipher $1c$abc\n"),
    ("frr", pairs.FRR, " description link to the lab\n"),
]  # fmt: skip


@pytest.mark.parametrize(("platform", "base", "statement"), STATEMENTS, ids=[one[2].strip()[:50] for one in STATEMENTS])
def test_a_statement_that_is_none_stays(platform: str, base: str, statement: str) -> None:
    text = base.replace("{host}", "r1").replace(pairs.MARK, statement).encode()
    assert statement.encode() in redact(text)
    assert statement.encode() in redact(text, platform)


def test_a_prompt_in_a_banner_hides_nothing_behind_it() -> None:
    many = "".join(f"ip route 10.{number}.0.0 255.255.0.0 192.0.2.2\n" for number in range(60))
    banner = many + "banner login ^C\nr1#show li\n^C\nusername evil privilege 15 secret 9 $9$a$b\n"
    text = pairs.IOS.replace("{host}", "r1").replace(pairs.MARK, banner).encode()
    assert redact(text) is text


def test_only_the_comment_of_a_rule_goes_with_it() -> None:
    text = pairs.ROS_TERSE.replace(pairs.MARK, '/user add comment="liid 47112233" name=evil group=full\n').encode()
    assert b"/user add name=evil group=full\n" in redact(text, "mikrotik_routeros")


def test_an_account_stays_an_account() -> None:
    text = pairs.IOS.replace("{host}", "r1").replace(pairs.MARK, STATEMENTS[0][2] + STATEMENTS[1][2])
    platform = load().platforms["cisco_ios"]
    found = platform.read(Device("r1", "cisco_ios"), (Document(RUNNING, text.encode()),), (), Masker(b"k")).facts
    assert {user.name for user in found.accounts.users} >= {"liid-47112233", "noc"}
