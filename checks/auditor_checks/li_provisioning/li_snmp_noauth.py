"""li-snmp-noauth."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Facts, Judgement, Platform, Problem, Severity, device_check
from auditor_checks.lawful import CISCO, everywhere, office, principals
from auditor_checks.references import CISCO_LI, CROSS, TAP_MIBS

_CHECKED = "show snmp group   (security level v3 priv)"


@device_check(
    id="li-snmp-noauth",
    title="An SNMPv3 group without authentication reaches the intercept MIBs",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.CRITICAL,
    needs={Area.SNMP},
    fix={
        **everywhere(office("snmp-server group $group v3 priv", verify=_CHECKED), *CISCO),
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
    how="A group of SNMPv3 at the level without authentication whose view to read or write contains an intercept MIB. No "
    "declaration makes it benign. On NX-OS the role of a user is taken for the group.",
    attack=("T1040", "T1078"),
    references=(CISCO_LI, TAP_MIBS, CROSS),
)
def without_authentication(facts: Facts) -> Iterator[Judgement]:
    """A name is then the whole credential; a published sample of the vendor shows exactly this."""
    for one in principals(facts):
        if one.group.version == "v3" and one.group.level == "noauth":
            yield Problem(
                message=f"group {one.group.name} may {one.right} {one.mibs} without authentication",
                evidence=one.lines,
                subject=f"group {one.group.name} without authentication",
                values={"group": one.group.name},
            )
