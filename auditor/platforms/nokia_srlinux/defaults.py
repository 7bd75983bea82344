"""What an absent leaf means: defaults of the YANG models (syntax-other-families part C)."""

from auditor.platforms.common.defaults import Default, DefaultTable

_MODELS = (
    "github.com/nokia/srlinux-yang-models, where they have the leaf 21.6.4, 23.10.6, 25.3.1; syntax-other-families"
)
_OFF = (
    ("system ssh-server admin-state", "C4"),
    ("system ftp-server admin-state", "C4"),
    ("system json-rpc-server admin-state", "C4"),
    ("system json-rpc-server http admin-state", "C4"),
    ("system json-rpc-server https admin-state", "C4"),
    ("system grpc-server admin-state", "C4"),
    ("system netconf-server admin-state", "C4"),
    ("system snmp network-instance admin-state", "C5"),
    ("system sflow admin-state", "C6"),
    ("system ipfix admin-state", "C6"),
    ("system grpc-server default-tls-profile", "C4"),
    ("system ssh-server disable-shell", "C4"),
    ("system aaa authentication user superuser", "C2"),
    ("system aaa authentication exit-on-reject", "C3"),
    ("interface subinterface ipv4 allow-directed-broadcast", "C12"),
    ("interface subinterface ipv4 arp proxy-arp", "C12"),
)
_ON = (
    ("system json-rpc-server http use-authentication", "C4"),
    ("system json-rpc-server https use-authentication", "C4"),
    ("system grpc-server metadata-authentication", "C4"),
    ("system mirroring mirroring-instance admin-state", "C6"),
    ("system lldp admin-state", "C12"),
    ("system aaa authentication admin-user superuser", "C2"),
)
_NUMBERS = (
    ("system aaa authentication idle-timeout", 600, "C2"),
    ("system aaa authentication password lockout-policy attempts", 0, "C2"),
    ("system aaa authentication password complexity-rules minimum-length", 1, "C2"),
)

DEFAULTS = DefaultTable(
    (
        *(Default(statement, False, f"{_MODELS} {section}") for statement, section in _OFF),
        *(Default(statement, True, f"{_MODELS} {section}") for statement, section in _ON),
        *(Default(statement, number, f"{_MODELS} {section}") for statement, number, section in _NUMBERS),
    )
)
