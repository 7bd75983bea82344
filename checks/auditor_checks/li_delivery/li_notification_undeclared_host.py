"""li-notification-undeclared-host."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Gap,
    Judgement,
    Kind,
    Platform,
    Problem,
    Severity,
    Source,
    TrapHost,
    device_check,
)
from auditor_checks.lawful import (
    CISCO,
    bare,
    count,
    declared_receiver,
    everywhere,
    li_groups,
    no_receivers,
    office,
    users_gap,
    users_of,
)
from auditor_checks.references import CISCO_LI, CISCO_LI_VXSM, JUN_RFT, NOK_LI_YANG


@device_check(
    id="li-notification-undeclared-host",
    title="Notices of interception go to an undeclared host, or in clear",
    check_class=CheckClass.LI_DELIVERY,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.SNMP, Area.INTERCEPT, Area.STATE},
    fix={
        **everywhere(
            office("snmp-server host <MEDIATION> informs version 3 priv <USER>", verify="show snmp host"), *CISCO
        ),
        **everywhere(
            office("Refer to the LI office: notices go to its own receivers alone, with SNMPv3 and privacy."),
            Platform.JUNIPER_JUNOS,
            Platform.NOKIA_SROS,
        ),
    },
    how="Receivers whose user belongs to a group made for interception or is declared for it (IOS, IOS-XE, IOS XR), notify-targets and "
    "notification-targets (Junos), the trap group of the log of interception (SR OS): outside lawful_intercept.mediation_devices "
    "and admf, or below the level priv. Receivers at a mediation device's address with SNMPv1 or v2c count as in clear. Where "
    "the users are neither shown nor declared, a receiver elsewhere or below priv is unknown. No address is shown.",
    attack=("T1020", "T1040"),
    references=(CISCO_LI_VXSM, CISCO_LI, JUN_RFT, NOK_LI_YANG),
)
def told_elsewhere(facts: Facts) -> Iterator[Judgement]:
    """Whoever gets the notices knows that somebody is being intercepted, and since when."""
    hosts = _hosts(facts)
    notices = [one for one in facts.intercept.receivers if one.use == "notices"]
    receivers = facts.declared.li.receivers
    clear = [host for host in hosts if host.version != "v3" or host.level != "priv"]
    if clear:
        yield Problem(
            message=f"notices of interception go in clear to {count(len(clear), 'receiver')}",
            evidence=_lines(clear),
            subject="notices in clear",
        )
    if receivers is None:
        if hosts or notices:
            yield no_receivers()
        return
    yield from _not_placed(facts)
    foreign = [host for host in hosts if not declared_receiver(facts, host.address)]
    sent = [one for one in notices if not declared_receiver(facts, one.address)]
    if foreign or sent:
        yield Problem(
            message=f"notices of interception go to {count(len(foreign) + len(sent), 'address')} not declared as mediation device",
            evidence=tuple(dict.fromkeys((*_lines(foreign), *(one.source for one in sent)))),
            subject="notices to undeclared addresses",
        )
    if facts.platform == Platform.JUNIPER_JUNOS and not notices:
        facts.intercept.visible.need()


def _not_placed(facts: Facts) -> Iterator[Gap]:
    """Receivers elsewhere or in clear whose user may be one of interception: neither the device nor the operator told."""
    gap = users_gap(facts)
    if gap is None or facts.declared.li.snmp_users is not None or not li_groups(facts):
        return
    loose = (
        host.level != "priv" or not declared_receiver(facts, host.address) for host in facts.snmp.hosts if host.user
    )
    if any(loose):
        yield gap


def _lines(hosts: list[TrapHost]) -> tuple[Source, ...]:
    return tuple(bare(host.source) for host in hosts)


def _hosts(facts: Facts) -> list[TrapHost]:
    """The receivers of notices of interception."""
    if facts.platform == Platform.NOKIA_SROS:
        return [host for host in facts.snmp.hosts if host.group and host.group in facts.intercept.log_ids]
    if facts.platform not in CISCO:
        return []
    groups = li_groups(facts)
    names = {user.name for user in users_of(facts, groups)}
    names |= {one.value for one in facts.declared.li.snmp_users or ()}
    by_user = [host for host in facts.snmp.hosts if host.version == "v3" and host.user in names]
    old = [host for host in facts.snmp.hosts if host.version != "v3" and declared_receiver(facts, host.address)]
    return by_user + (old if groups else [])
