"""Heads, marks and quotation marks that are missing: what is left of an intercept is dropped all the same."""

from __future__ import annotations

import time

import pytest

from auditor.platforms.redaction.redaction import redact
from tests.lawful_intercept import pairs
from tests.lawful_intercept.pairs import MARK

VALUE = "4915147815806"
POLICY = f"""        policy {VALUE} {{
            inet {{
                drop-policy d1 {{
                    from {{
                        source-address {{
                            192.0.2.7/32;
                        }}
                    }}
                }}
            }}
            inet6 {{
                inactive: drop-policy d2;
            }}
        }}
"""

pytestmark = pytest.mark.requirement("R-LI-02")

LEFT = [
    # The block round it was cut off, or its line was lost.
    ("juniper_junos", "        source-ipv4-address 192.0.2.1;\n", POLICY, "    }\n}\nsnmp {\n    community public;\n}\n"),
    ("juniper_junos", "services {\n", POLICY.replace("policy", "inactive: policy", 1), "}\nsnmp {\n    community public;\n}\n"),
    ("juniper_junos", "services {\n", f'policy "{VALUE}" {{ inet {{ drop-policy d; }} }}\n', "}\n"),
    # A quotation mark was lost.
    ("juniper_junos", "services {\n    radius-flow-tap {\n        source-ipv4-address 192.0.2.1;\n", POLICY.replace(VALUE, f'{VALUE}"'), "    }\n}\n"),
    ("juniper_junos", "services {\n    radius-flow-tap {\n        source-ipv4-address 192.0.2.1;\n", POLICY.replace(VALUE, f'"{VALUE}'), "    }\n}\n"),
    ("juniper_junos", "set version 21.4R3.15\n", f'set interfaces ge-0/0/1 unit 7 description lawful-intercept of {VALUE}"\n', "set snmp community public\n"),
    ("nokia_sros", "", f'/configure port 1/1/1 description intercept-id {VALUE}"\n', '/configure system name "r1"\n'),
    # The mark before it was lost, or is damaged.
    ("huawei_vrp", "", f"lawful-intercept target {VALUE}\n#\n", "interface GigabitEthernet0/1/0\n ip address 192.0.2.1 255.255.255.0\n#\n"),
    ("huawei_vrp", 'sysname r1\n#"\n', f"lig lig1\n x1 peer {VALUE}\n#\n", "interface GigabitEthernet0/1/0\n#\n"),
    # The menu was lost (`/ip firewall calea`; reference, 2.8).
    ("mikrotik_routeros", "/interface bridge\nadd name=b1\n", f"add action=sniff chain=forward comment={VALUE} dst-address=192.0.2.7\n", "/ip service\n"),
    # The end was lost.
    ("cisco_ios", "version 15.9\nhostname r1\n", f"! intercept of {VALUE} LIID LI\n", ""),
]  # fmt: skip


@pytest.mark.parametrize(("platform", "before", "intercept", "after"), LEFT)
@pytest.mark.parametrize("named", [True, False])
def test_what_is_left_of_an_intercept(platform: str, before: str, intercept: str, after: str, *, named: bool) -> None:
    if not named and platform == "huawei_vrp":
        pytest.skip("nothing shows what such a fragment is")
    kept = redact((before + intercept + after).encode(), platform if named else "")
    assert VALUE.encode() not in kept
    assert kept == (before + after).encode()


ASKED = [
    ("cisco_ios", f"r1#show logging | include LIID {VALUE}\n"),
    ("cisco_iosxr", f"RP/0/RP0/CPU0:r1#sh run | utility egrep warrant-{VALUE}\n"),
    ("juniper_junos", f"noc@r1> show configuration | match drop-policy-{VALUE}\n"),
    ("nokia_sros", f'A:r1# show log log-id 99 message "li-source {VALUE}"\n'),
]


@pytest.mark.parametrize(("platform", "command"), ASKED)
def test_who_looks_for_a_case_is_not_quoted(platform: str, command: str) -> None:
    """The name of a document is the command that showed it."""
    prompt = command.partition("s")[0]
    text = f"{prompt}show clock\n09:12:01 UTC\n{command}of {VALUE}\n{prompt}\n"
    assert redact(text.encode(), platform) == f"{prompt}show clock\n09:12:01 UTC\n{prompt}\n".encode()


KEPT = [
    ("cisco_ios", "r1#show logging | include LINEPROTO-5-UPDOWN\nx\nr1#\n"),
    ("cisco_ios", "r1#show running-config | section username\nusername evil privilege 15\nr1#\n"),
    ("juniper_junos", "policy-options {\n    policy p {\n        inet {\n            term;\n        }\n    }\n}\n"),
    ("juniper_junos", 'system {\n    login {\n        message "drop-policy {";\n        user evil {\n            class super-user;\n        }\n    }\n}\n'),
    ("mikrotik_routeros", "/ip firewall mangle\nadd action=sniff-tzsp chain=forward sniff-target=203.0.113.7\n"),
    ("mikrotik_routeros", '/ip firewall nat\nadd action=dst-nat comment="action=sniff" to-addresses=192.0.2.1\n'),
]  # fmt: skip


@pytest.mark.parametrize(("platform", "text"), KEPT)
def test_what_is_no_intercept_stays(platform: str, text: str) -> None:
    assert redact(text.encode(), platform) == text.encode()


def test_beside_a_damaged_one_statements_stay() -> None:
    """An intruder's block in front of, and behind, what the damage laid open."""
    evil = "    system {\n        login {\n            user evil {\n                class super-user;\n            }\n        }\n    }\n"
    for text in (evil + POLICY, POLICY + evil, f"policy x {{\n    inet {{\n{evil}{POLICY}    }}\n}}\n"):
        assert b"user evil {\n                class super-user;\n" in redact(text.encode(), "juniper_junos")


def test_work_stays_linear() -> None:
    for text in ("policy x {\ninet {\ndrop-policy y {\n", 'policy "x {\n', "r1#show x | include LIID 1234\n"):
        started = time.process_time()
        redact((pairs.JUNOS.replace(MARK, "") + text * 20_000).encode(), "juniper_junos")
        assert time.process_time() - started < 10
