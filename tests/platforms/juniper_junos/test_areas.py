"""Every area, from configurations that look like real ones."""

from auditor.model.areas import Method, ServiceKind
from auditor.model.secret import Strength

CURLY = """
version 22.4R3-S2.11;
system {
    host-name pe1;
    root-authentication {
        encrypted-password "$6$salt$rootrootroot"; ## SECRET-DATA
    }
    authentication-order [ tacplus password ];
    tacplus-server {
        192.0.2.5 {
            secret "$9$abcdefgh"; ## SECRET-DATA
            source-address 10.255.0.1;
        }
        192.0.2.6 secret "$9$ijklmnop"; ## SECRET-DATA
    }
    login {
        class NOC {
            permissions [ view all ];
        }
        user bob {
            uid 2001;
            class NOC;
            authentication {
                encrypted-password "$1$salt$bobbobbob"; ## SECRET-DATA
            }
        }
        user remote {
            class read-only;
        }
    }
    services {
        ssh {
            port 22022;
        }
        web-management {
            http {
                interface fxp0.0;
            }
        }
    }
    syslog {
        host 192.0.2.9 {
            any info;
            transport tls;
        }
        host other-routing-engine {
            any any;
        }
        file messages {
            any notice;
        }
    }
}
interfaces {
    ge-0/0/0 {
        description "customer; { not a block";
        unit 0 {
            family inet {
                filter {
                    input DIVERT;
                }
                address 192.0.2.1/24;
            }
        }
    }
    gr-0/0/0 {
        unit 0 {
            tunnel {
                source 192.0.2.1;
                destination 203.0.113.7;
            }
            family inet;
        }
    }
}
forwarding-options {
    port-mirroring {
        instance {
            M1 {
                input {
                    rate 1;
                }
                family inet {
                    output {
                        interface gr-0/0/0.0;
                    }
                }
            }
        }
    }
    analyzer {
        A1 {
            input {
                ingress {
                    interface ge-0/0/0.0;
                }
            }
            output {
                ip-address 203.0.113.9;
            }
        }
    }
}
snmp {
    community public {
        authorization read-write;
        clients {
            10.0.0.0/8;
            0.0.0.0/0 restrict;
        }
    }
    community Other1;
    trap-group T {
        version v2;
        targets {
            192.0.2.20;
        }
    }
}
routing-options {
    static {
        route 10.0.0.0/8 next-hop [ 192.0.2.2 gr-0/0/0.0 ];
        route 172.16.0.0/12 discard;
    }
    dynamic-tunnels {
        D {
            source-address 192.0.2.1;
            gre;
            destination-networks {
                198.51.100.0/24;
            }
        }
    }
}
firewall {
    family inet {
        filter DIVERT {
            term a {
                from {
                    source-address {
                        10.9.9.9/32;
                    }
                }
                then {
                    routing-instance FBF;
                }
            }
            term b {
                then {
                    port-mirror-instance M1;
                    accept;
                }
            }
        }
    }
}
routing-instances {
    FBF {
        instance-type forwarding;
        routing-options {
            static {
                route 0.0.0.0/0 next-hop 203.0.113.99;
            }
        }
    }
}
event-options {
    policy HIDE {
        events [ ui_login_event snmpd_auth_failure ];
        then {
            ignore;
            execute-commands {
                commands {
                    "clear log messages";
                }
                output-filename x;
                destination OUT;
            }
        }
    }
    destinations {
        OUT {
            archive-sites {
                "scp://u@203.0.113.4/in" password "$9$qrst"; ## SECRET-DATA
            }
        }
    }
}
"""


def test_the_whole_file_is_known_and_complete(facts) -> None:
    found = facts(CURLY)
    assert (found.hostname, found.os_version.value) == ("pe1", "22.4R3-S2.11")
    assert found.complete.value is True
    assert found.coverage[0].unread == ()
    assert found.unread == {}


def test_accounts(facts) -> None:
    users = {user.name: user for user in facts(CURLY).accounts.users}
    assert users["root"].builtin and users["root"].admin.value
    assert users["root"].secret.strength is Strength.STRONG_HASH
    assert (users["bob"].role, users["bob"].admin.value) == ("NOC", True)
    assert users["bob"].secret.strength is Strength.WEAK_HASH
    assert users["bob"].secret_source.text == "encrypted-password <secret-4>; ## SECRET-DATA"
    assert (users["remote"].login, users["remote"].admin.value) == (False, False)


def test_an_empty_block_is_no_empty_password(facts) -> None:
    """Parsing trap 32: whole lines were filtered away."""
    root = facts("version 1;\nsystem {\n    root-authentication {\n    }\n}\n").accounts.users[0]
    assert (root.passwordless, root.secret) == (False, None)
    root = facts('version 1;\nsystem {\n root-authentication {\n encrypted-password "";\n }\n}\n').accounts.users[0]
    assert root.passwordless is True


def test_redacted_secrets_are_not_judged(facts) -> None:
    """Parsing trap 32: the type is evidence, the value is not."""
    for value in ("/* SECRET-DATA */", "<removed>", '"$9$SECRET_REMOVED"', '"REMOVED"'):
        text = f"version 1;\nsystem {{\n login {{\n user a {{\n class operator;\n authentication {{\n encrypted-password {value}; ## SECRET-DATA\n }}\n }}\n }}\n}}\n"
        user = facts(text).accounts.users[0]
        assert (user.secret.redacted, user.login) == (True, True), value


def test_aaa(facts) -> None:
    found = facts(CURLY).aaa
    assert [(server.protocol, server.address, server.order) for server in found.servers] == [
        ("tacacs+", "192.0.2.5", 1),
        ("tacacs+", "192.0.2.6", 2),
    ]
    order = found.login_lists[0]
    assert (order.methods, order.after_reject) == ((Method.SERVERS, Method.LOCAL), True)
    assert order.source.line == 7
    only = facts("set version 1\nset system authentication-order radius\n").aaa.login_lists[0]
    assert only.after_reject is False


def test_services(facts) -> None:
    found = facts(CURLY).services
    assert (found.state(ServiceKind.TELNET).value, bool(found.state(ServiceKind.TELNET).default)) == (False, True)
    assert (found.state(ServiceKind.HTTP).value, found.state(ServiceKind.HTTP).sources[0].text) == (True, "http {")
    assert [(listener.port, listener.sources[0].text) for listener in found.of(ServiceKind.SSH)] == [
        (22022, "port 22022;")
    ]
    assert found.state(ServiceKind.SMART_INSTALL) is None
    rest = facts("set version 1\nset system services rest http port 3000\n").services
    assert rest.state(ServiceKind.JSON_RPC).value is True


def test_snmp(facts) -> None:
    found = facts(CURLY).snmp
    first, second = found.communities
    assert (first.writable, first.secret.trivial, first.write_source.text) == (True, True, "authorization read-write;")
    assert [entry.prefix for entry in first.filters[0].admitted] == ["10.0.0.0/8"]
    assert first.filters[0].any_source.value is False
    assert (second.writable, second.filters, second.secret.trivial) == (False, (), False)
    assert [(host.address, host.version) for host in found.hosts] == [("192.0.2.20", "v2c")]


def test_equal_communities_stay_equal_and_different_ones_apart(facts) -> None:
    text = (
        "set version 1\nset snmp community one authorization read-only\nset snmp community one clients 10.0.0.0/8\n"
        'set snmp community "two"\n'
    )
    found = facts(text).snmp.communities
    assert [len(community.filters) for community in found] == [1, 0]
    assert found[0].secret.fingerprint != found[1].secret.fingerprint


def test_snmpv3(facts) -> None:
    access = "set snmp v3 vacm access group"
    found = facts(
        f"set version 1\n{access} G default-context-prefix security-model usm security-level privacy read-view ALL\n"
        f"{access} W default-context-prefix security-model v2c security-level none write-view ALL\n"
        "set snmp v3 vacm security-to-group security-model v2c security-name S group W\n"
        'set snmp v3 snmp-community I community-name "$9$qwertz"\nset snmp v3 snmp-community I security-name S\n'
    ).snmp
    assert [(g.name, g.version, g.level, g.read_view, g.write_view) for g in found.groups] == [
        ("G", "v3", "priv", "ALL", ""),
        ("W", "v2c", "", "", "ALL"),
    ]
    assert (found.communities[0].writable, found.communities[0].secret.storage) == (True, "reversible ($9$)")


def test_mirrors_and_tunnels_meet(facts) -> None:
    found = facts(CURLY)
    mirror, analyzer = found.mirrors.sessions
    assert [(end.kind, end.value) for end in mirror.destinations] == [("interface", "gr-0/0/0.0")]
    assert mirror.copied == ("filter DIVERT term b",)
    assert [(end.kind, end.value) for end in analyzer.destinations] == [("address", "203.0.113.9")]
    tunnel, dynamic = found.tunnels.tunnels
    assert (tunnel.name, tunnel.mode, tunnel.remote) == ("gr-0/0/0.0", "gre", "203.0.113.7")
    assert tunnel.remote_source.text == "destination 203.0.113.7;"
    assert (dynamic.mode, dynamic.remote) == ("gre", "198.51.100.0/24")


def test_next_hop_groups_are_followed(facts) -> None:
    found = facts(
        "set version 1\nset forwarding-options port-mirroring family inet output next-hop-group N\n"
        "set forwarding-options next-hop-group N interface ge-0/0/1.0 next-hop 10.0.0.1\n"
        "set forwarding-options next-hop-group N interface ip-0/0/0.3\n"
    ).mirrors.sessions[0]
    assert [end.value for end in found.destinations] == ["ge-0/0/1.0", "ip-0/0/0.3"]


def test_newer_tunnel_forms(facts) -> None:
    found = facts(
        "set version 1\nset interfaces fti0 unit 1 tunnel encapsulation gre source address 192.0.2.1\n"
        "set interfaces fti0 unit 1 tunnel encapsulation gre destination address 203.0.113.8\n"
        "set security ike gateway G address 203.0.113.5\nset security ipsec vpn V ike gateway G\n"
        "set security ipsec vpn V bind-interface st0.1\n"
    ).tunnels.tunnels
    assert [(t.name, t.mode, t.remote) for t in found] == [
        ("fti0.1", "gre", "203.0.113.8"),
        ("st0.1", "ipsec", "203.0.113.5"),
    ]


def test_routes_and_redirection(facts) -> None:
    found = facts(CURLY)
    assert [(r.prefix, r.next_hop, r.interface, r.vrf) for r in found.routes.static] == [
        ("10.0.0.0/8", "192.0.2.2", "", ""),
        ("10.0.0.0/8", "", "gr-0/0/0.0", ""),
        ("172.16.0.0/12", "", "discard", ""),
        ("0.0.0.0/0", "203.0.113.99", "", "FBF"),
    ]
    redirect = found.redirection.redirects[0]
    assert (redirect.target_kind, redirect.target) == ("address", "203.0.113.99")
    assert redirect.bound[0].text == "input DIVERT;"


def test_a_filter_that_is_not_bound_redirects_nothing(facts) -> None:
    text = "set version 1\nset firewall filter F term a then next-ip 203.0.113.1/32\n"
    assert facts(text).redirection.redirects == ()
    text += "set interfaces ge-0/0/0 unit 0 family inet filter input F\n"
    assert [redirect.target for redirect in facts(text).redirection.redirects] == ["203.0.113.1"]


def test_logging(facts) -> None:
    found = facts(CURLY).logging
    assert [(host.address, host.transport) for host in found.hosts] == [("192.0.2.9", "tls")]
    none = facts(
        "version 1;\nsystem {\n    syslog {\n        user * {\n any emergency;\n }\n }\n}\n# of the collector\n"
    )
    assert none.logging.hosts == ()
    assert (none.logging.vantage.line, none.logging.vantage.text) == (8, "}")


def test_event_policies(facts) -> None:
    policy = facts(CURLY).scripts.policies[0]
    assert (policy.name, policy.trigger) == ("HIDE", "ui_login_event; snmpd_auth_failure")
    assert {(trait.what, trait.source.text) for trait in policy.traits} == {
        ("suppresses an event", "ignore;"),
        ("clears logs", '"clear log messages";'),
        ("copies to a remote host", "destination OUT;"),
    }


def test_a_local_destination_is_no_remote_host(facts) -> None:
    text = (
        "set version 1\nset event-options policy P events e\nset event-options policy P then upload filename x destination L\n"
        "set event-options destinations L archive-sites /var/tmp\n"
    )
    assert facts(text).scripts.policies[0].traits == ()


def test_quotes_and_lists(facts) -> None:
    """Parsing trap 28."""
    found = facts(CURLY)
    assert found.interfaces.interfaces[0].description == "customer; { not a block"
    text = 'version 1;\nsnmp {\n    contact "NOC 555-0100\n    community abc;\n}\nsystem {\n    host-name r1;\n}\n'
    broken = facts(text)
    assert len(broken.snmp.communities) == 1
    assert (broken.hostname, broken.complete.code) == ("r1", "U-CUT")


def test_what_is_not_understood_is_unread_in_its_area(facts) -> None:
    found = facts("set version 1\nset system services ssh surprise x\nset snmp surprise x\n")
    assert {area.value: [source.line for source in lines] for area, lines in found.unread.items()} == {
        "access": [2],
        "snmp": [3],
    }


def test_logical_systems_have_interfaces_and_routes(facts) -> None:
    found = facts(
        "set version 1\nset logical-systems L interfaces gr-0/0/0 unit 3 tunnel destination 203.0.113.3\n"
        "set logical-systems L routing-options static route 10.0.0.0/8 next-hop 192.0.2.1\n"
    )
    assert found.tunnels.tunnels[0].name == "L/gr-0/0/0.3"
    assert found.routes.static[0].vrf == "L"
