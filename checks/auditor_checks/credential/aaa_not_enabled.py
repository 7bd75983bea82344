"""aaa-not-enabled."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Confidence,
    Facts,
    Fix,
    Judgement,
    Known,
    Method,
    NotApplicable,
    Platform,
    Problem,
    Severity,
    Source,
    device_check,
)
from auditor_checks.references import CISA24, NSA_NISG
from auditor_checks.wording import carries_others, cisco, last_line, remote_login_lists, remote_points

_CAUTION = (
    "Test the servers first, keep a local account for emergencies and a logged-in connection open while you change it."
)


@device_check(
    id="aaa-not-enabled",
    title="Logins are decided on the device alone",
    check_class=CheckClass.CREDENTIAL,
    severity=Severity.MEDIUM,
    needs={Area.AAA, Area.ACCESS},
    fix={
        **cisco(
            Fix(
                "aaa new-model\ntacacs server <NAME>\n address ipv4 <SERVER>\n key <KEY>\naaa group server tacacs+ <GROUP>\n"
                " server name <NAME>\naaa authentication login default group <GROUP> local",
                verify="show aaa servers; show running-config | include ^aaa   (a group of two servers, then 'local')",
                caution=_CAUTION,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "tacacs-server host <SERVER> port 49\n key <KEY>\naaa authentication login default group tacacs+ local",
            verify="show running-config aaa; show tacacs",
            caution=f"Use 'commit confirmed 300'. {_CAUTION}",
        ),
        Platform.CISCO_NXOS: Fix(
            "feature tacacs+\ntacacs-server host <SERVER> key <KEY>\naaa group server tacacs+ <GROUP>\n  server <SERVER>\n"
            "aaa authentication login default group <GROUP>",
            verify="show aaa authentication; test aaa group <GROUP> <USER> <PASSWORD>",
            caution=_CAUTION,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set system tacplus-server <SERVER> secret <KEY>\nset system authentication-order tacplus",
            verify="show configuration system authentication-order",
            caution=f"Use 'commit confirmed 5'. {_CAUTION}",
        ),
        Platform.ARISTA_EOS: Fix(
            "tacacs-server host <SERVER> key <KEY>\naaa group server tacacs+ <GROUP>\n   server <SERVER>\n"
            "aaa authentication login default group <GROUP> local",
            verify="show aaa methods authentication",
            caution=_CAUTION,
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security aaa remote-servers tacplus server 1 address <SERVER>\n"
            "/configure system security aaa remote-servers tacplus server 1 secret <KEY>\n"
            "/configure system security user-params authentication-order order [tacplus local]\n"
            "/configure system security user-params authentication-order exit-on-reject true",
            verify="show system security authentication",
            caution=f"Use 'commit confirmed'. {_CAUTION}",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / system aaa server-group <GROUP> type tacacs\nset / system aaa server-group <GROUP> server <SERVER> "
            "tacacs secret-key <KEY>\nset / system aaa authentication authentication-method [ <GROUP> local ]\n"
            "set / system aaa authentication exit-on-reject true",
            verify="info from running / system aaa",
            caution=f"Use 'commit confirmed'. {_CAUTION}",
        ),
        Platform.HUAWEI_VRP: Fix(
            "hwtacacs-server template <TEMPLATE>\n hwtacacs-server authentication <SERVER>\n hwtacacs-server shared-key cipher "
            "<KEY>\naaa\n authentication-scheme <SCHEME>\n  authentication-mode hwtacacs local\n domain default_admin\n"
            "  authentication-scheme <SCHEME>\n  hwtacacs-server <TEMPLATE>\nuser-interface vty 0 4\n authentication-mode aaa",
            verify="display authentication-scheme; display domain name default_admin",
            caution=_CAUTION,
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/radius add address=<SERVER> service=login secret=<KEY>\n/user aaa set use-radius=yes accounting=yes default-group=read",
            verify="/user aaa print; /radius print",
            caution=f"Use safe mode (Ctrl+X). {_CAUTION}",
        ),
    },
    how="No method list that decides on logins from the network asks a server, or central authentication is off. High on core "
    "and edge routers; not applicable to devices with the role 'cpe'. A default that is not documented is unknown.",
    false_positives="Small devices that have local accounts by design: give them the role 'cpe'.",
    attack=("T1078",),
    references=(CISA24, NSA_NISG),
)
def only_local(facts: Facts) -> Iterator[Judgement]:
    """Without servers nobody sees who logs in where, and an account that should be gone lives on in every router."""
    if facts.device.role.lower() == "cpe":
        yield NotApplicable("small devices at customers may have local accounts only")
        return
    lists = remote_login_lists(facts)
    enabled = facts.aaa.enabled.need()
    if enabled and any(Method.SERVERS in one.methods for one in lists):
        return
    written = tuple(one.source for one in lists) or facts.aaa.enabled.sources
    if not written:
        facts.absence(Area.AAA)
    cited = facts.aaa.enabled.default if isinstance(facts.aaa.enabled, Known) else ""
    yield Problem(
        message=f"no server is asked when somebody logs in{f', by default ({cited})' if cited and not written else ''}",
        evidence=written or _ways_in(facts),
        subject="central authentication",
        severity=Severity.HIGH if carries_others(facts) else Severity.MEDIUM,
        confidence=Confidence.CERTAIN if written else Confidence.LIKELY,
    )


def _ways_in(facts: Facts) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(point.source for point in remote_points(facts))) or last_line(facts)
