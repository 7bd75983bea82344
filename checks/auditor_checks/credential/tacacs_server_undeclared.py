"""tacacs-server-undeclared."""

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
from auditor_checks.references import AA25, TALOS_TUNDRA
from auditor_checks.wording import cisco, foreign_servers, shown


@device_check(
    id="tacacs-server-undeclared",
    title="A TACACS+ server that the operator did not declare decides on logins",
    check_class=CheckClass.CREDENTIAL,
    severity=Severity.CRITICAL,
    kind=Kind.UNDECLARED,
    needs={Area.AAA, Area.STATE},
    evidence=("config", "state"),
    fix={
        **cisco(
            Fix(
                "no tacacs server $name",
                verify="show tacacs; show running-config | section tacacs   (declared servers only)",
                caution="Remove it from its group last of all if it is the only member; then change the shared keys and every "
                "administrator's password that passed through it.",
            )
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete system tacplus-server $address",
            verify="show configuration system tacplus-server",
            caution="Use 'commit confirmed 5'; then change the shared keys and the passwords that passed through it.",
        ),
        Platform.CISCO_IOSXR: Fix(
            "no tacacs-server host $address",
            verify="show tacacs; show running-config tacacs-server   (declared servers only)",
            caution="Use 'commit confirmed 300'; remove it from its group too, then change the shared keys and the passwords "
            "that passed through it.",
        ),
        Platform.CISCO_NXOS: Fix(
            "aaa group server tacacs+ $group\n  no server $address\nno tacacs-server host $address",
            verify="show tacacs-server; show tacacs-server groups   (declared servers only)",
            caution="See that a declared server is left in the group; then change the shared keys and the passwords that "
            "passed through it.",
        ),
        Platform.ARISTA_EOS: Fix(
            "no tacacs-server host $address",
            verify="show tacacs   (declared servers only)",
            caution="Use 'configure session' with 'commit timer'; take it out of its group too, then change the shared keys "
            "and the passwords that passed through it.",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security aaa remote-servers tacplus delete server $name",
            verify="show system security authentication   (declared servers only)",
            caution="Use 'commit confirmed'; then change the shared keys and the passwords that passed through it.",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "delete / system aaa server-group $group server $address",
            verify="info from running / system aaa",
            caution="Use 'commit confirmed'; then change the shared keys and the passwords that passed through it.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "hwtacacs-server template $group\n undo hwtacacs-server authentication $address\n"
            " undo hwtacacs-server authorization $address\n undo hwtacacs-server accounting $address",
            verify="display hwtacacs-server template $group   (declared servers only)",
            caution="See that a declared server is left in the template; then change the shared keys and the passwords that "
            "passed through it.",
        ),
        Platform.FRR: Fix(
            "# /etc/tacplus_servers: remove the line 'server=$address'",
            verify="grep ^server= /etc/tacplus_servers   (declared servers only)",
            caution="See that a declared server or a local account lets you in; then change the shared keys and the passwords "
            "that passed through it.",
        ),
    },
    how="Every server of every spelling, private members of groups included, and every one that the device shows ('show "
    "tacacs'), is compared with management.tacacs_servers. "
    "Without that list it is a finding where the address lies outside the operator's space, else an item to review. Critical beside a "
    "method list that lets everybody in or asks local passwords first.",
    attack=("T1556.004", "T1040"),
    references=(AA25, TALOS_TUNDRA),
    preserve=True,
    not_on={Platform.MIKROTIK_ROUTEROS: "RouterOS has a RADIUS client only (syntax-other-families E3)"},
)
def foreign_tacacs(facts: Facts) -> Iterator[Judgement]:
    """A server of the intruder's collects the name and password of every administrator who logs in."""
    live = shown(facts.state.servers)
    return foreign_servers(
        facts, "tacacs+", "TACACS+", facts.declared.tacacs_servers, "management.tacacs_servers", live
    )
