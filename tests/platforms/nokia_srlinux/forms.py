"""One configuration, written as a tree of Python values, in each form that the system prints."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from auditor.model.device import Device
from auditor.model.facts import Facts
from auditor.model.snapshot import RUNNING, Document
from auditor.platforms.common.definition import Reading
from auditor.platforms.nokia_srlinux import platform
from auditor.platforms.nokia_srlinux.schema import keys
from auditor.syntax.mask import Masker

MODULES = {
    "acl": "srl_nokia-acl",
    "interface": "srl_nokia-interfaces",
    "network-instance": "srl_nokia-network-instance",
}

Value = Any
"""A dict is a container; a list of dicts is a list with keys; a list of texts is a list of leaves; a text is a leaf."""


def reading(text: str, *more: Document, name: str = RUNNING) -> Reading:
    device = Device(name="r1", platform=platform.name)
    return platform.read(device, (Document(name, text.encode()), *more), (), Masker(b"tests"))


def facts(text: str, *more: Document) -> Facts:
    return reading(text, *more).facts


def quoted(word: str) -> str:
    return f'"{word}"' if not word or any(mark in word for mark in ' {}[]"') else word


def split(parent: str, name: str, entry: dict[str, Value]) -> tuple[list[str], dict[str, Value]]:
    """The words of a list's entry, and what is left of it."""
    names = keys(parent, name)
    words = []
    for index, key in enumerate(names):
        words += [entry[key]] if index == 0 else [key, entry[key]]
    return words, {key: value for key, value in entry.items() if key not in names}


def blocks(config: dict[str, Value], parent: str = "", depth: int = 0) -> Iterator[str]:
    """`info` output."""
    pad = " " * 4 * depth
    for name, value in config.items():
        if isinstance(value, str):
            yield f"{pad}{name} {quoted(value)}"
        elif isinstance(value, dict):
            yield f"{pad}{name} {{"
            yield from blocks(value, name, depth + 1)
            yield f"{pad}}}"
        elif value and isinstance(value[0], dict):
            for entry in value:
                words, rest = split(parent, name, entry)
                yield f"{pad}{name} {' '.join(map(quoted, words))} {{"
                yield from blocks(rest, name, depth + 1)
                yield f"{pad}}}"
        else:
            yield f"{pad}{name} ["
            yield from (f"{pad}    {quoted(word)}" for word in value)
            yield f"{pad}]"


def flat(config: dict[str, Value], parent: str = "", path: str = "set /") -> Iterator[str]:
    """`info flat` output."""
    for name, value in config.items():
        if isinstance(value, str):
            yield f"{path} {name} {quoted(value)}"
        elif isinstance(value, dict):
            yield from flat(value, name, f"{path} {name}") if value else (f"{path} {name}",)
        elif value and isinstance(value[0], dict):
            for entry in value:
                words, rest = split(parent, name, entry)
                inner = f"{path} {name} {' '.join(map(quoted, words))}"
                yield from flat(rest, name, inner) if rest else (inner,)
        else:
            yield f"{path} {name} [ {' '.join(map(quoted, value))} ]"


def as_json(config: dict[str, Value]) -> str:
    """`info | as json`, or a saved config.json."""
    return json.dumps(
        {f"{MODULES.get(name, 'srl_nokia-' + name)}:{name}": value for name, value in config.items()}, indent=2
    )


def in_blocks(config: dict[str, Value]) -> str:
    return "\n".join(blocks(config)) + "\n"


def in_flat(config: dict[str, Value]) -> str:
    return "\n".join(flat(config)) + "\n"


KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIH6BzPzUFq0n5k9yKj0Yj1mR1N3nXc0l1yQXo2V0cXkZ ops@noc"
WHOLE: dict[str, Value] = {
    "acl": {
        "match-list": {"ipv4-prefix-list": [{"name": "MGMT", "prefix": [{"ipv4-prefix": "198.51.100.0/28"}]}]},
        "acl-filter": [
            {
                "name": "cpm",
                "type": "ipv4",
                "entry": [
                    {
                        "sequence-id": "10",
                        "match": {
                            "ipv4": {"protocol": "tcp", "source-ip": {"prefix-list": [{"name": "MGMT"}]}},
                            "transport": {"destination-port": {"operator": "eq", "value": "22"}},
                        },
                        "action": {"accept": {}, "log": "true"},
                    },
                    {"sequence-id": "20", "match": {"ipv4": {"protocol": "icmp"}}, "action": {"accept": {}}},
                    {"sequence-id": "900", "action": {"drop": {}}},
                ],
            },
            {"name": "tap", "type": "ipv4", "entry": [{"sequence-id": "1", "action": {"copy": {}}}]},
        ],
        "interface": [
            {
                "interface-id": "ethernet-1/1.0",
                "interface-ref": {"interface": "ethernet-1/1", "subinterface": "0"},
                "input": {"acl-filter": [{"name": "tap", "type": "ipv4"}, {"name": "lost", "type": "ipv4"}]},
            }
        ],
    },
    "interface": [
        {
            "name": "ethernet-1/1",
            "description": "to the spine",
            "admin-state": "enable",
            "subinterface": [{"index": "0", "ipv4": {"address": [{"ip-prefix": "192.0.2.1/31"}]}}],
        },
        {
            "name": "ethernet-1/2",
            "admin-state": "disable",
            "subinterface": [
                {
                    "index": "7",
                    "ipv4": {
                        "address": [{"ip-prefix": "192.0.2.9/31"}],
                        "arp": {"proxy-arp": "true"},
                        "vrrp": {"vrrp-group": [{"virtual-router-id": "3", "authentication": {"keychain": "kc"}}]},
                    },
                }
            ],
        },
        {"name": "mgmt0", "subinterface": [{"index": "0", "ipv4": {"dhcp-client": {}}}]},
    ],
    "system": {
        "aaa": {
            "authentication": {
                "idle-timeout": "900",
                "authentication-method": ["tac", "local"],
                "exit-on-reject": "true",
                "admin-user": {"password": "$y$j9T$a$b", "ssh-key": [KEY]},
                "linuxadmin-user": {"password": "$y$j9T$c$d"},
                "user": [{"username": "alice", "password": "$6$s$h", "role": ["ops"]}],
                "password": {"lockout-policy": {"attempts": "4"}, "complexity-rules": {"minimum-length": "12"}},
            },
            "authorization": {"role": [{"rolename": "ops", "services": ["cli", "gnmi"]}]},
            "accounting": {"accounting-method": ["tac"], "event": [{"event-type": "command", "record": "start-stop"}]},
            "server-group": [
                {
                    "name": "tac",
                    "type": "tacacs",
                    "server": [
                        {
                            "address": "198.51.100.40",
                            "network-instance": "mgmt",
                            "tacacs": {"secret-key": "$aes1$a=$b=", "port": "4949"},
                        }
                    ],
                }
            ],
        },
        "authentication": {
            "keychain": [
                {
                    "name": "kc",
                    "type": "isis",
                    "key": [{"index": "1", "algorithm": "hmac-sha-256", "authentication-key": "$aes1$k=$k="}],
                }
            ]
        },
        "banner": {"login-banner": "Keep out", "motd-banner": "hello"},
        "control-plane-traffic": {"input": {"acl": {"acl-filter": [{"name": "cpm", "type": "ipv4"}]}}},
        "dns": {
            "network-instance": "mgmt",
            "server-list": ["9.9.9.9"],
            "host-entry": [{"name": "h", "ipv4-address": "192.0.2.4"}],
        },
        "ftp-server": {"network-instance": [{"name": "mgmt", "admin-state": "enable"}]},
        "grpc-server": [
            {"name": "g1", "admin-state": "enable", "network-instance": "mgmt", "services": ["gnmi", "p4rt"]}
        ],
        "json-rpc-server": {
            "admin-state": "enable",
            "network-instance": [
                {"name": "mgmt", "http": {"admin-state": "enable"}, "https": {"admin-state": "disable"}}
            ],
        },
        "lawful-intercept": {
            "admin-state": "enable",
            "admf": {"address": "203.0.113.200", "port": "9999"},
            "targets": {"subscriber": [{"subscriber-name": "TARGET-ONE", "intercept-id": "LIID-77"}]},
        },
        "lldp": {"interface": [{"name": "ethernet-1/1", "admin-state": "disable"}]},
        "logging": {
            "network-instance": "mgmt",
            "filter": [{"filter-name": "quiet", "contains": "aaa"}],
            "buffer": [{"buffer-name": "messages", "facility": [{"facility-name": "local6"}]}],
            "remote-server": [
                {
                    "host": "198.51.100.20",
                    "transport": "tcp",
                    "filter": ["quiet"],
                    "remote-port": "1514",
                    "subsystem": [{"subsystem-name": "aaa", "priority": {"match-above": "warning"}}],
                }
            ],
        },
        "mirroring": {
            "mirroring-instance": [
                {
                    "name": "m1",
                    "mirror-source": {"interface": [{"name": "ethernet-1/1", "direction": "ingress-only"}]},
                    "mirror-destination": {"local": "ethernet-1/9.0"},
                }
            ]
        },
        "name": {"host-name": "r1"},
        "netconf-server": [{"name": "n1", "admin-state": "enable", "ssh-server": "nc"}],
        "ntp": {
            "admin-state": "enable",
            "network-instance": "mgmt",
            "server": [{"address": "198.51.100.60", "iburst": "true"}],
        },
        "ipfix": {
            "admin-state": "enable",
            "exporting-process": [
                {
                    "name": "e1",
                    "destination": [{"name": "d1", "udp-exporter": {"destination-ip-address": "198.51.100.31"}}],
                }
            ],
        },
        "snmp": {
            "access-group": [
                {
                    "name": "v3",
                    "security-level": "auth-priv",
                    "security-entry": [
                        {
                            "name": "s1",
                            "user": "carol",
                            "authentication": {"protocol": "hmac-sha-256", "password": "$aes1$x=$y="},
                            "privacy": {"protocol": "cfb128-aes-256", "password": "$aes1$z=$w="},
                        }
                    ],
                },
                {
                    "name": "ro",
                    "security-level": "no-auth-no-priv",
                    "community-entry": [{"name": "c1", "community": "public", "prefix-list": ["MGMT"]}],
                },
            ],
            "network-instance": [{"name": "mgmt", "admin-state": "enable"}],
            "trap-group": [
                {
                    "name": "t1",
                    "network-instance": "mgmt",
                    "destination": [
                        {
                            "name": "d1",
                            "address": "198.51.100.50",
                            "security-level": "no-auth-no-priv",
                            "community-entry": [{"name": "e1", "community": "trapword"}],
                        }
                    ],
                }
            ],
        },
        "ssh-server": [
            {"name": "mgmt", "admin-state": "enable", "network-instance": "mgmt", "disable-shell": "true"},
            {"name": "nc", "admin-state": "enable", "network-instance": "mgmt", "port": "830", "disable-shell": "true"},
        ],
        "event-handler": {
            "instance": [{"name": "h1", "admin-state": "enable", "upython-script": "x.py", "paths": ["a b"]}]
        },
    },
    "network-instance": [
        {
            "name": "default",
            "type": "default",
            "interface": [{"name": "ethernet-1/1.0"}],
            "policy-forwarding": {
                "interface": [{"subinterface": "ethernet-1/1.0", "apply-forwarding-policy": "p1"}],
                "policy": [
                    {
                        "policy-id": "p1",
                        "rule": [
                            {
                                "sequence-id": "1",
                                "match": {"ipv4": {"destination-ip": {"prefix": "203.0.113.0/24"}}},
                                "action": {"next-hop": "192.0.2.77"},
                            },
                            {
                                "sequence-id": "2",
                                "action": {"encapsulate-gre": {"target": [{"id": "1", "destination": "203.0.113.4"}]}},
                            },
                        ],
                    }
                ],
            },
            "protocols": {
                "bgp": {
                    "autonomous-system": "64500",
                    "router-id": "192.0.2.255",
                    "dynamic-neighbors": {
                        "accept": {
                            "match": [{"prefix": "10.0.0.0/8", "peer-group": "ext", "allowed-peer-as": ["64999"]}]
                        }
                    },
                    "group": [
                        {
                            "group-name": "ext",
                            "peer-as": "64501",
                            "authentication": {"password": "$aes1$p=$q="},
                            "export-policy": ["out"],
                            "multihop": {"admin-state": "enable", "maximum-hops": "4"},
                            "afi-safi": [
                                {
                                    "afi-safi-name": "ipv4-unicast",
                                    "ipv4-unicast": {"prefix-limit-received": {"max-received-routes": "100"}},
                                }
                            ],
                        }
                    ],
                    "neighbor": [{"peer-address": "192.0.2.0", "peer-group": "ext", "import-policy": ["in"]}],
                },
                "isis": {
                    "instance": [
                        {
                            "name": "i1",
                            "authentication": {"keychain": "kc"},
                            "interface": [{"interface-name": "ethernet-1/1.0", "passive": "true"}],
                        }
                    ]
                },
                "ospf": {
                    "instance": [
                        {
                            "name": "o1",
                            "version": "ospf-v2",
                            "area": [{"area-id": "0.0.0.0", "interface": [{"interface-name": "ethernet-1/1.0"}]}],
                        }
                    ]
                },
            },
        },
        {
            "name": "mgmt",
            "type": "ip-vrf",
            "interface": [{"name": "mgmt0.0"}],
            "next-hop-groups": {
                "group": [
                    {"name": "g", "nexthop": [{"index": "1", "ip-address": "198.51.100.1"}]},
                    {"name": "s", "blackhole": {}},
                ]
            },
            "static-routes": {
                "route": [
                    {"prefix": "0.0.0.0/0", "next-hop-group": "g"},
                    {"prefix": "10.9.0.0/16", "next-hop-group": "s"},
                ]
            },
        },
        {
            "name": "l2",
            "type": "mac-vrf",
            "interface": [{"name": "ethernet-1/2.7"}],
            "vxlan-interface": [{"name": "vxlan1.1"}],
            "protocols": {"bgp-evpn": {"bgp-instance": [{"id": "1", "evi": "100", "vxlan-interface": "vxlan1.1"}]}},
        },
    ],
    "tunnel-interface": [
        {"name": "vxlan1", "vxlan-interface": [{"index": "1", "type": "bridged", "ingress": {"vni": "100"}}]}
    ],
}
"""A configuration in which every area occurs."""
