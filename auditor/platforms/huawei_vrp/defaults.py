"""What holds where no line says it, each with the document it was read in.

The models are Huawei's YANG models of the NE40E, 8.21 and 8.22 (github.com/Huawei/yang), whose releases print
themselves as V800R021 and V800R022; nothing is claimed for switches and AR routers that they do not cover.
"""

from auditor.platforms.common.defaults import Default, DefaultTable

_MODEL = "Huawei YANG models of NE40E 8.21 and 8.22; syntax-other-families"
_SINCE = (800, 21)
_BEFORE = (800, 23)


def _ne(statement: str, value: bool | int | str, section: str) -> Default:
    return Default(statement, value, f"{_MODEL} {section}", since=_SINCE, before=_BEFORE)


DEFAULTS = DefaultTable(
    (
        _ne("stelnet server enable", False, "D4"),
        _ne("telnet server enable", False, "D4"),
        _ne("ftp server enable", False, "D4"),
        _ne("sftp server enable", False, "D4"),
        _ne("scp server enable", False, "D4"),
        _ne("snetconf server enable", False, "D4"),
        _ne("http server enable", False, "D4"),
        _ne("http secure-server enable", False, "D4"),
        _ne("restconf server enable", False, "D4"),
        _ne("grpc server enable", False, "D4"),
        _ne("ssh server compatible-ssh1x enable", False, "D4 (not in the model)"),
        _ne("ssh server tcp forwarding enable", False, "D4"),
        _ne("protocol inbound", "all", "D4"),
        _ne("idle-timeout (vty)", 600, "D4"),
        _ne("idle-timeout (console)", 300, "D4"),
        _ne("local-aaa-user wrong-password", True, "D2 (5 failures in 5 minutes, then blocked for 5 minutes)"),
        _ne("info-center enable", True, "D9"),
        _ne("lldp enable", True, "D12"),
        Default(
            "snmp-agent",
            False,
            "Huawei command references of S1720 to S6720 (V200R), CloudEngine and NetEngine (V800R), 'snmp-agent': disabled",
        ),
    )
)

UNDEFINED_SNMP = "an access list that is missing or has no rules lets every SNMP source in (Huawei guides; D8)"
UNDEFINED_TRAFFIC = (
    "traffic that no rule of a filter matches, or whose list has no rules, is forwarded (Huawei guides; D8)"
)
UNDEFINED_NTP = "an access list that is missing or has no rules refuses every NTP peer (Huawei guides; D8)"
NO_MODE = "a scheme without a mode is local (D3)"
BUILTIN_POLICING = (
    "VRP polices packets to the processor by a built-in policy (Huawei guides, cpu-defend; threats, copp-missing)"
)
