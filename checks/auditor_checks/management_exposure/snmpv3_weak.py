"""snmpv3-weak."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    NotKnownError,
    Platform,
    Problem,
    Severity,
    SnmpUser,
    device_check,
)
from auditor_checks.references import AA25, CISA24
from auditor_checks.wording import cisco, is_off, is_on

_WEAK_AUTH = ("md5",)
_WEAK_PRIVACY = ("des", "3des")
_MOVE = "Change the poller at the same time: it loses access until its keys match."


@device_check(
    id="snmpv3-weak",
    title="SNMPv3 without privacy or with weak algorithms",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.MEDIUM,
    needs={Area.SNMP, Area.STATE},
    fix={
        **cisco(
            Fix(
                "no snmp-server group $name v3 $level\nsnmp-server group $name v3 priv read <VIEW> access <ACL>\n"
                "snmp-server user <USER> $name v3 auth sha <PASSWORD> priv aes 256 <PASSWORD>",
                verify="show snmp group; show snmp user   (v3 priv; SHA and AES)",
                caution=_MOVE,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "snmp-server group <GROUP> v3 priv read <VIEW> IPv4 <ACL>\n"
            "snmp-server user $name <GROUP> v3 auth sha clear <PASSWORD> priv aes 256 clear <PASSWORD>",
            verify="show snmp group; show snmp users",
            caution=_MOVE,
        ),
        Platform.CISCO_NXOS: Fix(
            "snmp-server user $name auth sha <PASSWORD> priv aes-128 <PASSWORD>\nsnmp-server globalEnforcePriv",
            verify="show snmp user   (sha, aes-128, enforce)",
            caution="This is also the password of the local user of that name. " + _MOVE,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set snmp v3 usm local-engine user $name authentication-sha256 authentication-password <PASSWORD>\n"
            "set snmp v3 usm local-engine user $name privacy-aes128 privacy-password <PASSWORD>\n"
            "set snmp v3 vacm access group <GROUP> default-context-prefix security-model usm security-level privacy "
            "read-view <VIEW>",
            verify="show snmp v3 users; show snmp v3 access",
            caution="Use 'commit confirmed 5'. Before releases with SHA-2 use authentication-sha. " + _MOVE,
        ),
        Platform.ARISTA_EOS: Fix(
            "snmp-server group <GROUP> v3 priv read <VIEW>\n"
            "snmp-server user $name <GROUP> v3 auth sha256 <PASSWORD> priv aes256 <PASSWORD>",
            verify="show snmp group; show snmp user",
            caution=_MOVE,
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / system snmp access-group $group security-level auth-priv\n"
            "set / system snmp access-group $group security-entry $name authentication protocol hmac-sha2-256\n"
            "set / system snmp access-group $group security-entry $name privacy protocol cfb128-aes-128",
            verify="info system snmp access-group",
            caution=_MOVE,
        ),
        Platform.HUAWEI_VRP: Fix(
            "snmp-agent group v3 <GROUP> privacy read-view <VIEW> acl <ACL>\n"
            "snmp-agent usm-user v3 $name group <GROUP>\n"
            "snmp-agent usm-user v3 $name authentication-mode sha2-256\n"
            "snmp-agent usm-user v3 $name privacy-mode aes256",
            verify="display snmp-agent group; display snmp-agent usm-user",
            caution=_MOVE,
        ),
    },
    how="Groups of version 3 that admit noauth (high) or auth without privacy; users without authentication (high), "
    "without privacy, with MD5, DES or 3DES. Users of other engines (receivers of informs) are left out, and users "
    "without privacy where the device refuses such requests (NX-OS globalEnforcePriv). Unknown where there is a group "
    "and the device does not print its users (IOS, IOS-XE), unless 'show snmp user' was collected.",
    false_positives="An old poller that knows no AES: waive it with an expiry.",
    attack=("T1040",),
    references=(CISA24, AA25),
    evidence=("config", "state"),
)
def weak_snmpv3(facts: Facts) -> Iterator[Judgement]:
    """Without privacy SNMPv3 shows whatever is read to anybody on the path, and MD5 and DES are broken by guessing."""
    snmp = facts.snmp
    if is_off(snmp.enabled):
        return
    weak_groups = set()
    for group in snmp.groups:
        if group.version == "v3" and group.level in ("noauth", "auth"):
            weak_groups.add(group.name)
            without = "authentication and privacy" if group.level == "noauth" else "privacy"
            yield Problem(
                message=f"SNMPv3 group {group.name} admits requests without {without}",
                evidence=(group.source,),
                subject=f"SNMPv3 group {group.name} {group.level}",
                severity=Severity.HIGH if group.level == "noauth" else Severity.MEDIUM,
                values={"name": group.name, "level": group.level, "group": group.name},
            )
    enforced = is_on(snmp.enforce_privacy)
    for user in _users(facts):
        said = [] if user.remote else _said(user, known=user.group in weak_groups, enforced=enforced)
        if said:
            yield Problem(
                message=f"SNMPv3 user {user.name} has {' and '.join(said)}",
                evidence=(user.source, *user.sources),
                subject=f"SNMPv3 user {user.name}",
                severity=Severity.HIGH if said[0].startswith("no auth") else Severity.MEDIUM,
                values={"name": user.name, "level": "auth", "group": user.group},
            )
    if any(group.version == "v3" for group in snmp.groups) and _shown(facts) is None:
        snmp.users_known.need()


def _users(facts: Facts) -> tuple[SnmpUser, ...]:
    """The users of the configuration, and those that a command shows beside them."""
    names = {user.name for user in facts.snmp.users}
    return (*facts.snmp.users, *(user for user in _shown(facts) or () if user.name not in names))


def _shown(facts: Facts) -> tuple[SnmpUser, ...] | None:
    """The users that a command showed, where one did."""
    try:
        return facts.state.snmp_users.need()
    except NotKnownError:
        return None


def _said(user: SnmpUser, *, known: bool, enforced: bool) -> list[str]:
    """What is wrong with a user; that its group needs no more is said of the group."""
    said = []
    if not user.auth and not known:
        said.append("no authentication")
    if user.auth in _WEAK_AUTH:
        said.append(f"authentication by {user.auth.upper()}")
    if not user.privacy and not known and not enforced:
        said.append("no privacy")
    if user.privacy in _WEAK_PRIVACY:
        said.append(f"privacy by {user.privacy.upper()}")
    return said
