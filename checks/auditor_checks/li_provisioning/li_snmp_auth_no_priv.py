"""li-snmp-auth-no-priv."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Facts, Judgement, Platform, Problem, Severity, device_check
from auditor_checks.lawful import CISCO, everywhere, office, principals
from auditor_checks.references import CISCO_LI_VXSM, RFC3924, TAP_MIBS

_ENCRYPTED = ("ipsec", "macsec")


@device_check(
    id="li-snmp-auth-no-priv",
    title="An SNMPv3 group reaches the intercept MIBs without encryption",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.HIGH,
    needs={Area.SNMP},
    fix={
        **everywhere(
            office("snmp-server group $group v3 priv", verify="show snmp group   (security level v3 priv)"), *CISCO
        ),
        Platform.CISCO_NXOS: office(
            "snmp-server user <USER> $group auth sha-256 <KEY> priv aes-128 <KEY>", verify="show snmp user"
        ),
        Platform.NOKIA_SROS: office(
            '/configure system security snmp access "$group" context "li" security-model usm security-level privacy',
            verify="show system security access-group",
        ),
        Platform.HUAWEI_VRP: office(
            "snmp-agent group v3 $group privacy read-view <VIEW>", verify="display snmp-agent group"
        ),
    },
    how="A group of SNMPv3 at the level with authentication and without privacy whose view contains an intercept MIB. Low where "
    "the way to the mediation device is declared as ipsec or macsec. On NX-OS the role of a user is taken for the group.",
    attack=("T1040",),
    references=(CISCO_LI_VXSM, TAP_MIBS, RFC3924),
)
def in_clear(facts: Facts) -> Iterator[Judgement]:
    """Who is intercepted, and where the copy goes, then crosses the network for everybody on the way to read."""
    protected = facts.declared.li.path in _ENCRYPTED
    for one in principals(facts):
        if one.group.version == "v3" and one.group.level == "auth":
            yield Problem(
                message=f"group {one.group.name} may {one.right} {one.mibs} without encryption",
                evidence=one.lines,
                subject=f"group {one.group.name} without encryption",
                severity=Severity.LOW if protected else Severity.HIGH,
                values={"group": one.group.name},
            )
