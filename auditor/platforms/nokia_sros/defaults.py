"""What an absent statement means: the defaults of the vendor's YANG models, looked up release by release.

Read were the modules nokia-conf of 19.10, 20.10, 21.2, 21.10, 22.2, 22.10, 23.3, 23.10, 24.3, 24.10, 25.3, 25.10 and
26.3; the values below are the same in all of them unless a first release is named.
"""

from auditor.model.evidence import Setting
from auditor.platforms.common.defaults import Default, DefaultTable, T

_REPOSITORY = "github.com/nokia/7x50_YangModels"
_FIRST = (19, 10)


def _yang(statement: str, value: bool | int | str, path: str, since: tuple[int, ...] = _FIRST) -> Default:
    return Default(statement, value, f"SR OS YANG model {path} ({_REPOSITORY})", since)


TABLE = DefaultTable(
    (
        _yang("ssh server-admin-state", True, "system/security/ssh/server-admin-state, default enable"),
        _yang("telnet-server", False, "system/security/telnet-server, default false"),
        _yang("telnet6-server", False, "system/security/telnet6-server, default false"),
        _yang("ftp-server", False, "system/security/ftp-server, default false"),
        _yang("netconf", False, "system/management-interface/netconf admin-state, default disable"),
        _yang("grpc", False, "system/grpc/admin-state, default disable"),
        _yang("snmp", True, "system/management-interface/snmp/admin-state, default enable"),
        _yang("idle-timeout", 30, "system/login-control/idle-timeout, default 30 minutes"),
        _yang("attempts", True, "system/security/user-params/attempts, default 3 in 5 minutes, lockout 10 minutes"),
        _yang("minimum-length", 6, "user-params/local-user/password/complexity-rules/minimum-length, default 6"),
        _yang("exit-on-reject", False, "user-params/authentication-order/exit-on-reject, default false"),
        _yang("ntp", False, "system/time/ntp/admin-state, default disable"),
        _yang("authentication-check", True, "system/time/ntp/authentication-check, default true"),
        _yang("lldp", True, "system/lldp/admin-state, default enable"),
        _yang("mirror-dest", False, "mirror/mirror-dest/admin-state, default disable"),
        _yang("mirror-source", True, "mirror/mirror-source/admin-state, default enable"),
        _yang("public-key-only", False, "system/security/ssh/authentication-method/server/public-key-only", (23, 7)),
        _yang("li separate", False, "bof/li/separate, default false", (20, 10)),
        _yang("li local-save", False, "bof/li/local-save, default false", (20, 10)),
        _yang("tech-support-li-info", True, "li/management/tech-support-li-info, default include", (25, 10)),
        Default(
            "authentication-order",
            "radius tacplus local",
            "SR OS classic command guides of 7450, 7950 and 7705: password authentication-order",
        ),
        Default("version 1", False, f"SR OS YANG model system/security/ssh/version, default 2 ({_REPOSITORY})", _FIRST),
    )
)


class Absence:
    """What absent statements mean on this device: its release, and whether its configuration was seen to the end."""

    def __init__(self, release: str, complete: Setting[bool]) -> None:
        self.release = release
        self.complete = complete

    def of(self, statement: str, value: type[T]) -> Setting[T]:
        """What it means that the statement stands nowhere."""
        return TABLE.absent(statement, value, self.release, self.complete)
