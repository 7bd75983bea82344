"""radius-server-undeclared."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Kind,
    Platform,
    Severity,
    device_check,
)
from auditor_checks.references import AA25
from auditor_checks.wording import cisco, foreign_servers

_ROTATE = "then change the shared keys and the passwords that passed through it."


@device_check(
    id="radius-server-undeclared",
    title="A RADIUS server that the operator did not declare decides on logins or sessions",
    check_class=CheckClass.CREDENTIAL,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.AAA},
    fix={
        **cisco(
            Fix(
                "no radius server $name",
                verify="show aaa servers; show running-config | section radius   (declared servers only)",
                caution=f"Remove it from its group last of all if it is the only member; {_ROTATE}",
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "no radius-server host $address",
            verify="show radius; show running-config radius-server   (declared servers only)",
            caution=f"Use 'commit confirmed 300'; remove it from its group too, {_ROTATE}",
        ),
        Platform.CISCO_NXOS: Fix(
            "aaa group server radius $group\n  no server $address\nno radius-server host $address",
            verify="show radius-server; show radius-server groups   (declared servers only)",
            caution=f"See that a declared server is left in the group; {_ROTATE}",
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete system radius-server $address\ndelete access radius-server $address",
            verify="show configuration system radius-server; show configuration access",
            caution=f"Use 'commit confirmed 5'; {_ROTATE}",
        ),
        Platform.ARISTA_EOS: Fix(
            "no radius-server host $address",
            verify="show radius   (declared servers only)",
            caution=f"Use 'configure session' with 'commit timer'; take it out of its group too, {_ROTATE}",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security aaa remote-servers radius delete server $name",
            verify="show system security authentication   (declared servers only)",
            caution=f"For subscribers it stands under 'router radius server'. Use 'commit confirmed'; {_ROTATE}",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "delete / system aaa server-group $group server $address",
            verify="info from running / system aaa",
            caution=f"Use 'commit confirmed'; {_ROTATE}",
        ),
        Platform.HUAWEI_VRP: Fix(
            "radius-server template $group\n undo radius-server authentication $address\n undo radius-server accounting $address",
            verify="display radius-server configuration template $group   (declared servers only)",
            caution=f"See that a declared server is left in the template; {_ROTATE}",
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/radius remove [find address=$address]",
            verify="/radius print   (declared servers only)",
            caution=f"Use safe mode (Ctrl+X) and log in as a local user; {_ROTATE}",
        ),
    },
    how="Every server of every spelling, for logins and for subscribers, private members of groups included, is compared with "
    "management.radius_servers. Without that list it is a finding where the address lies outside the operator's space, else "
    "an item to review. Critical beside a "
    "method list that lets everybody in or asks local passwords first.",
    false_positives="A server for subscribers or a roaming partner that stands in no list yet.",
    attack=("T1556.004", "T1040"),
    references=(AA25,),
    preserve=True,
)
def foreign_radius(facts: Facts) -> Iterator[Judgement]:
    """A server of the intruder's lets in whom he likes and collects what others log in with."""
    return foreign_servers(facts, "radius", "RADIUS", facts.declared.radius_servers, "management.radius_servers")
