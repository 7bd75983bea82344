"""automation-account-risk."""

import re
from collections.abc import Iterator

from auditor.api import (
    Account,
    Area,
    CheckClass,
    Code,
    Facts,
    Fix,
    Gap,
    Judgement,
    Kind,
    Platform,
    Problem,
    Review,
    Severity,
    Unknown,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import AA25
from auditor_checks.wording import account_lines, cisco, is_on, marked, people

_TOOLS = re.compile(
    r"(?i)(?:^|[-_.])(?:rancid|oxidized|backup|ansible|napalm|nornir|netmiko|salt|awx|unimus|librenms|netbox|solarwinds|ncm"
    r"|archive|automation|nso|ztp|netdisco|opennms|observium)(?:$|[-_.\d])"
)
"""Names that tools for archives and automation have in their manuals."""
_CAUTION = "Try the tool with the new rights before you take the old ones away."


@device_check(
    id="automation-account-risk",
    title="An account of a tool has full rights from anywhere",
    check_class=CheckClass.CREDENTIAL,
    severity=Severity.MEDIUM,
    kind=Kind.UNDECLARED,
    needs={Area.ACCOUNTS},
    fix={
        **cisco(
            Fix(
                "parser view <SHOW-ONLY>\n secret <SECRET>\n commands exec include all show\nusername $name view <SHOW-ONLY>\n"
                "username $name access-class <TOOL-HOSTS>",
                verify="show running-config | include ^username $name",
                caution=_CAUTION,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "username $name\n no group root-lr\n group <READ-GROUP>",
            verify="show running-config username $name",
            caution=f"Use 'commit confirmed 300'. {_CAUTION}",
        ),
        Platform.CISCO_NXOS: Fix(
            "role name <SHOW-ONLY>\n  rule 1 permit read\nusername $name role <SHOW-ONLY>\nno username $name role network-admin",
            verify="show user-account $name",
            caution=_CAUTION,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set system login class <SHOW-ONLY> permissions view-configuration\nset system login user $name class <SHOW-ONLY>",
            verify="show configuration system login user $name",
            caution=f"Use 'commit confirmed 5'. {_CAUTION}",
        ),
        Platform.ARISTA_EOS: Fix(
            "username $name privilege 1 role network-operator",
            verify="show users roles",
            caution=_CAUTION,
        ),
        Platform.NOKIA_SROS: Fix(
            '/configure system security user-params local-user user "$name" console member ["<SHOW-ONLY>"]',
            verify='show system security user "$name" detail',
            caution=f"Use 'commit confirmed'. {_CAUTION}",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / system aaa authentication user $name superuser false\nset / system aaa authentication user $name role [ <SHOW-ONLY> ]",
            verify="info from running / system aaa authentication user $name",
            caution=f"Use 'commit confirmed'. {_CAUTION}",
        ),
        Platform.HUAWEI_VRP: Fix(
            "aaa\n local-user $name privilege level 1",
            verify="display local-user username $name",
            caution=_CAUTION,
        ),
        Platform.FRR: Fix(
            "gpasswd --delete $name sudo",
            verify="id $name",
            caution=_CAUTION,
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/user set [find name=$name] group=read address=<TOOL-HOSTS>",
            verify="/user print detail where name=$name",
            caution=f"Use safe mode (Ctrl+X). {_CAUTION}",
        ),
    },
    how="A local account with the name of an archive or automation tool, or marked 'automation: true' in accounts.local_users, "
    "that has full rights and no source list of its own. Marked ones are info, others a finding; without the list an item to "
    "review. A list on the lines is no restriction of the account. Rights that servers grant are not seen: unknown where a "
    "marked account is not on the device.",
    false_positives="A person's account with such a name.",
    attack=("T1078", "T1021.004"),
    references=(AA25,),
)
def tool_accounts(facts: Facts) -> Iterator[Judgement]:
    """One such account opens every router; intruders used those of archive servers to go from one to the next."""
    declared = facts.declared.local_users
    tools = marked(declared or (), "automation")
    found = [one for one in people(facts) if _TOOLS.search(one.name) or listed(tools, one.name)]
    reviewed = False
    for one in found:
        if isinstance(one.admin, Unknown):
            yield Gap(one.admin.code, f"rights of {one.name}: {one.admin.reason}")
        if not is_on(one.admin) or one.filters:
            continue
        subject, message = (
            f"user {one.name}",
            f"account {one.name} ({one.role}) of a tool has full rights from any source",
        )
        if declared is None:
            reviewed = True
            yield Review(subject, message, account_lines(one))
        else:
            known = listed(tools, one.name)
            yield Problem(
                message=message + ("; it is declared" if known else " and is not declared"),
                evidence=account_lines(one),
                subject=subject,
                severity=Severity.INFO if known else Severity.MEDIUM,
                values={"name": one.name},
            )
    if reviewed:
        yield no_list("accounts of tools (accounts.local_users, automation: true)")
    yield from _elsewhere([tool.value for tool in tools], facts.accounts.users)
    facts.accounts.users_known.need()


def _elsewhere(tools: list[str], users: tuple[Account, ...]) -> Iterator[Judgement]:
    here = {one.name for one in users}
    missing = [name for name in tools if name not in here and not {"*", "?"} & set(name)]
    if missing:
        yield Gap(Code.STATE, f"the rights of {', '.join(missing)} are kept on servers, not on the device")
