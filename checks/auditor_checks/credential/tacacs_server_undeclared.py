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
    Problem,
    Review,
    Severity,
    Source,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import AA25, TALOS_TUNDRA
from auditor_checks.wording import cisco


@device_check(
    id="tacacs-server-undeclared",
    title="A TACACS+ server that the operator did not declare decides on logins",
    check_class=CheckClass.CREDENTIAL,
    severity=Severity.CRITICAL,
    kind=Kind.UNDECLARED,
    needs={Area.AAA},
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
    },
    how="Every server of every spelling, private members of groups included, is compared with management.tacacs_servers. "
    "Without that list it is a finding where the address lies outside the operator's space, else an item to review.",
    attack=("T1556.004", "T1040"),
    references=(AA25, TALOS_TUNDRA),
    preserve=True,
    without_fix={Platform.FRR},
)
def foreign_tacacs(facts: Facts) -> Iterator[Judgement]:
    """A server of the intruder's collects the name and password of every administrator who logs in."""
    declared = facts.declared.tacacs_servers
    reviewed = False
    for address, names, sources, asked_first in _servers(facts):
        outside = facts.declared.in_operator_space(address) is False
        first = " and is asked first" if asked_first else ""
        where = ", outside the operator's address space" if outside else ""
        subject = f"TACACS+ server {address}"
        if declared is None and not outside:
            reviewed = True
            yield Review(subject, f"TACACS+ server {address}{first}", sources)
        elif declared is None or not listed(declared, address, *names):
            yield Problem(
                message=f"TACACS+ server {address} is not declared{where}{first}",
                evidence=sources,
                subject=subject,
                values={"address": address, "name": names[0]},
            )
    if reviewed:
        yield no_list("TACACS+ servers (management.tacacs_servers)")


def _servers(facts: Facts) -> Iterator[tuple[str, list[str], tuple[Source, ...], bool]]:
    """Each server once: address, names, the lines of all its statements, whether it is asked first."""
    addresses = dict.fromkeys(one.address or one.name for one in facts.aaa.servers if one.protocol == "tacacs+")
    for address in addresses:
        same = [one for one in facts.aaa.servers if one.protocol == "tacacs+" and (one.address or one.name) == address]
        sources = tuple(source for one in same for source in one.sources)
        yield address, [one.name for one in same], sources, any(one.order == 1 for one in same)
