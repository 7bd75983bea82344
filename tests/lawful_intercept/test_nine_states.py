"""Each entry that is judged on a device: three declared states by three observed ones (R-LI-06).

Declared: this device is an interception point, it is none, nothing was declared. Observed: the exposure is there, it is not, or the
text that would show it was cut, denied or not collected.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest

from auditor.engine.device import Task, audit_device
from auditor.model.check import CheckClass
from auditor.model.device import Device
from auditor.model.snapshot import RUNNING, Document, Snapshot
from tests.lawful_intercept.test_guarded_points import PACKS, POINT, TODAY, declared

pytestmark = pytest.mark.requirement("R-LI-06")

NOWHERE = {
    **POINT,
    "lawful_intercept": {
        **POINT["lawful_intercept"],
        "points": ["bng1"],
        "radius_intercept": ["bng1"],
        "protected_paths": {"bng1": "ipsec"},
    },
}
HERE = {
    **POINT,
    "lawful_intercept": {
        name: content for name, content in POINT["lawful_intercept"].items() if name != "protected_paths"
    },
}


class Seen(NamedTuple):
    """What is observed: the configuration, and further documents."""

    config: str
    documents: Mapping[str, str] = MappingProxyType({})


Forms = tuple[str, Seen, Seen, Seen]
"""A platform, and the exposure present, absent and not visible."""


def ios(platform: str, present: str, absent: str) -> Forms:
    """A configuration of Cisco's grammar; cut before its end, nothing is known to be absent."""
    head = (
        "!! IOS XR Configuration 7.5.2\nhostname r1\n" if platform == "cisco_iosxr" else "version 17.9\nhostname r1\n"
    )
    return platform, Seen(head + present + "end\n"), Seen(head + absent + "end\n"), Seen(head + absent)


def junos(present: str, absent: str = "", denied: str = "services") -> Forms:
    """Set lines; and braces in which the account may not see a part."""
    head = "set version 22.4R3.25\nset system host-name r1\n"
    inner = "    login { /* ACCESS-DENIED */ }\n" if denied == "login" else ""
    outer = "services { /* ACCESS-DENIED */ }\n" if denied == "services" else ""
    hidden = f"version 22.4R3.25;\nsystem {{\n    host-name r1;\n{inner}}}\n{outer}"
    return "juniper_junos", Seen(head + present), Seen(head + absent), Seen(hidden)


def sros(present: str, absent: str, *, bof: tuple[str, str] | None = None) -> Forms:
    """Flat lines; what the boot options separate, or what was not collected of them, is not visible."""
    head = '# TiMOS-C-23.10.R1 cpm/x86_64 Nokia 7750 SR Copyright (c) 2000-2023 Nokia.\n/configure system name "r1"\n'
    tail = "# Finished 2026-11-20T10:00:00.0Z\n"
    options = "bof {{\n    li {{\n        {}\n    }}\n}}\n"
    apart = {"bof": options.format("separate true")}
    if bof is not None:
        shown = [Seen(head + tail, {"bof": options.format(line)}) for line in bof]
        return "nokia_sros", shown[0], shown[1], Seen(head + tail)
    together = {"bof": options.format("separate false")}
    return (
        "nokia_sros",
        Seen(head + present + tail, together),
        Seen(head + absent + tail, together),
        Seen(head + tail, apart),
    )


V = "snmp-server view V ciscoTap2MIB included\n"
LI = V + "snmp-server group LI v3 priv read V write V notify V"
USER = "snmp-server user {} LI v3 auth {} encrypted 094F471A1A0A priv {} encrypted 094F471A1A0A\n"
TAP = "set system login class TAP permissions flow-tap-operation\nset system login user {} class TAP\n"
PASSWORD = 'set system login user li-op1 authentication encrypted-password "{}"\n'
PROBE = '{{"target":"192.0.2.1","asked":["CISCO-TAP2-MIB"],"visible":[{}],"answer":"{}","detail":"{}"}}'
VERSION = "Cisco IOS XE Software, Version 17.09.04a\nCisco IOS Software [Cupertino], Virtual XE Software ({}), Version 17.9.4a, RELEASE SOFTWARE (fc3)\n"
XE = "version 17.9\nhostname r1\nend\n"
FORMS: dict[str, Forms] = {
    "li-mib-in-general-view": ios(
        "cisco_iosxe",
        "snmp-server view ALL iso included\nsnmp-server group NMS v3 priv read ALL\n",
        "snmp-server view SYS system included\nsnmp-server group NMS v3 priv read SYS\n",
    ),
    "li-snmp-community-access": ios(
        "cisco_iosxe",
        "snmp-server view ALL iso included\nsnmp-server community s3cr view ALL RW\n",
        "snmp-server view SYS system included\nsnmp-server community s3cr view SYS RO\n",
    ),
    "li-snmp-noauth": ios("cisco_iosxe", LI.replace("priv", "noauth") + "\n", LI + "\n"),
    "li-snmp-auth-no-priv": ios("cisco_iosxe", LI.replace("priv", "auth") + "\n", LI + "\n"),
    "li-snmp-weak-crypto": ios(
        "cisco_iosxr",
        LI + "\n" + USER.format("md1", "md5", "des56"),
        LI + "\n" + USER.format("md1", "sha", "aes 256"),
    ),
    "li-snmp-source-unrestricted": ios(
        "cisco_iosxe", LI + "\n", "access-list 70 permit 192.0.2.70\n" + LI + " access 70\n"
    ),
    "li-snmp-shared-principal": ios(
        "cisco_iosxr",
        LI + "\n" + V.replace("ciscoTap2MIB", "system") + USER.format("md1", "sha", "aes 256"),
        LI + "\n" + USER.format("md1", "sha", "aes 256"),
    ),
    "li-mib-visible-to-probe": (
        "cisco_iosxe",
        Seen(XE, {"probe/li-mib": PROBE.format('"CISCO-TAP2-MIB"', "present", "")}),
        Seen(XE, {"probe/li-mib": PROBE.format("", "absent", "noSuchObject")}),
        Seen(XE, {"probe/li-mib": PROBE.format("", "inconclusive", "no answer")}),
    ),
    "li-snmp-usm-auth-bypass": (
        "cisco_ios",
        *(
            Seen(
                f"version 12.4\n{LI}\nend\n",
                {"show version": f"Cisco IOS Software, C (X-ADV-M), Version {release}, RELEASE SOFTWARE (fc1)\n"},
            )
            for release in ("12.4(6)T3", "12.4(6)T4")
        ),
        Seen(f"version 12.4\n{LI}\nend\n"),
    ),
    "li-capability-undeclared": junos("set services flow-tap tunnel-interface vt-0/0/0.0\n"),
    "li-capability-unused-not-disabled": (
        "cisco_iosxe",
        Seen(XE, {"show version": VERSION.format("X86_64_LINUX_IOSD-UNIVERSALK9-M")}),
        Seen(XE, {"show version": VERSION.format("X86_64_LINUX_IOSD-UNIVERSALK9_NOLI-M")}),
        Seen(XE),
    ),
    "li-admin-undeclared": junos(TAP.format("someone"), TAP.format("li-op1"), "login"),
    "li-admin-overprivileged": junos(
        TAP.format("li-op1") + "set system login class TAP permissions configure\n", TAP.format("li-op1"), "login"
    ),
    "li-admin-weak-credential": junos(
        TAP.format("li-op1") + PASSWORD.format("$1$abcdefgh$abcdefghijklmnopqrstuv"),
        TAP.format("li-op1") + PASSWORD.format("$6$abc$def"),
        "login",
    ),
    "li-separation-missing": sros("", "", bof=("separate false", "separate true")),
    "li-config-stored-locally": sros("", "", bof=("local-save true", "local-save false")),
    "li-guardrails-off": sros(
        "/configure li li-filter lock-filter unlock-for-all-users\n", "/configure li li-filter lock-filter lock\n"
    ),
    "li-radius-intercept-undeclared": junos("set services radius-flow-tap interfaces vt-1/1/0.0\n"),
    "li-coa-client-undeclared": ios(
        "cisco_iosxe",
        "aaa server radius dynamic-author\n client 192.0.2.99 server-key 6 AAbbCC\n",
        "aaa server radius dynamic-author\n client 192.0.2.60 server-key 6 AAbbCC\n",
    ),
    "li-radius-unprotected-transport": ios(
        "cisco_iosxe",
        "aaa intercept\nradius server R\n address ipv4 192.0.2.60 auth-port 1812 acct-port 1813\n key 6 AAbb\n",
        "radius server R\n address ipv4 192.0.2.60\n tls port 2083\n key 6 AAbb\n",
    ),
    "li-dtcp-unrestricted": junos("set system services flow-tap-dtcp ssh\n"),
    "li-dtcp-permission-spread": junos(
        TAP.format("remote"), TAP.format("li-op1") + PASSWORD.format("$6$abc$def"), "login"
    ),
    "li-mgmt-plane-unprotected": ios(
        "cisco_iosxe", "aaa intercept\n", "aaa intercept\ncontrol-plane\n service-policy input COPP\n"
    ),
    "li-tls-weak-or-one-way": sros("/configure li x-interfaces admin-state enable\n", ""),
    "li-delivery-undeclared": junos(
        "set services dynamic-flow-capture capture-group g1 content-destination cd1 address 203.0.113.66\n",
        "set services dynamic-flow-capture capture-group g1 content-destination cd1 address 192.0.2.70\n",
    ),
    "li-cc-udp-cleartext": ios(
        "cisco_iosxe",
        "aaa intercept\n",
        "aaa intercept\ncrypto map M 10 ipsec-isakmp\n set peer 192.0.2.70\ninterface Gi1\n crypto map M\n",
    ),
    "li-notifications-missing": ios(
        "cisco_iosxe", LI + "\n", LI + "\nsnmp-server host 192.0.2.70 informs version 3 priv md1\n"
    ),
    "li-notification-undeclared-host": ios(
        "cisco_iosxe",
        LI + "\nsnmp-server host 203.0.113.66 version 3 priv md1\n",
        LI + "\nsnmp-server host 192.0.2.70 version 3 priv md1\n",
    ),
    "li-auth-failures-unlogged": ios(
        "cisco_iosxe", LI + "\nsnmp-server enable traps bgp\n", LI + "\nsnmp-server enable traps snmp authentication\n"
    ),
}
DECLARED = {"point": HERE, "no point": NOWHERE, "nothing": None}
OBSERVED = ("present", "absent", "not visible")
USUAL = ("fail pass unknown", "fail pass unknown", "fail unknown unknown")
"""Without a declaration an exposure is told, and nothing passes."""
FOR_REVIEW = (*USUAL[:2], "unknown unknown unknown")
"""Without a declaration it is not told what was meant."""
OUTCOMES = {
    "li-capability-undeclared": ("pass pass unknown", *FOR_REVIEW[1:]),
    "li-capability-unused-not-disabled": ("pass pass pass", *FOR_REVIEW[1:]),
    "li-separation-missing": (USUAL[0], "pass pass pass", FOR_REVIEW[2]),
    "li-radius-intercept-undeclared": ("pass pass unknown", *FOR_REVIEW[1:]),
    **dict.fromkeys(
        (
            "li-admin-undeclared",
            "li-guardrails-off",
            "li-coa-client-undeclared",
            "li-tls-weak-or-one-way",
            "li-delivery-undeclared",
            "li-cc-udp-cleartext",
            "li-notification-undeclared-host",
        ),
        FOR_REVIEW,
    ),
}
"""What the entries say that differ: a declared point may intercept, and only a point has something to separate."""
MINE = sorted(
    name
    for name, check in PACKS.checks.items()
    if check.meta.check_class in (CheckClass.LI_PROVISIONING, CheckClass.LI_DELIVERY)
)


def rows() -> list[tuple[str, str, str, str]]:
    """(entry, declared, observed, outcome)."""
    return [
        (name, state, seen, outcome)
        for name in MINE
        for state, outcomes in zip(DECLARED, OUTCOMES.get(name, USUAL), strict=True)
        for seen, outcome in zip(OBSERVED, outcomes.split(), strict=True)
    ]


@pytest.mark.parametrize(("name", "state", "seen", "outcome"), rows())
def test_declared_by_observed(name: str, state: str, seen: str, outcome: str, tmp_path: Path) -> None:
    platform, *observations = FORMS[name]
    observed = observations[OBSERVED.index(seen)]
    assert isinstance(observed, Seen)
    content = DECLARED[state]
    if content is not None and name == "li-mgmt-plane-unprotected":
        content = {**content, "lawful_intercept": {**content["lawful_intercept"], "protected_paths": {"r1": "vrf LI"}}}
    documents = (Document(RUNNING, observed.config.encode()),)
    documents += tuple(Document(role, text.encode()) for role, text in observed.documents.items())
    device = Device("r1", platform)
    task = Task(Snapshot(device, documents), declared(tmp_path, content).on(device), today=TODAY)
    (result,) = audit_device(task, PACKS, (name,), b"key").results
    assert str(result.outcome) == outcome, result


def test_every_entry_has_its_nine_states() -> None:
    assert set(FORMS) == set(MINE)
    assert len(rows()) == 9 * len(MINE)
    assert set(OUTCOMES) <= set(MINE)


@pytest.mark.parametrize("name", MINE)
def test_what_is_not_visible_is_not_absent(name: str) -> None:
    """Wherever the exposure would matter, not seeing it is unknown; and nothing passes without a declaration."""
    for outcomes in OUTCOMES.get(name, USUAL):
        present, _, hidden = outcomes.split()
        assert hidden == "unknown" or present == hidden == "pass" or "fail" not in outcomes
    assert "pass" not in OUTCOMES.get(name, USUAL)[2]
