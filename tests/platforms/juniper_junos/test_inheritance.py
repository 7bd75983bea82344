"""What is in effect: groups (parsing trap 26) and deactivated parts (trap 27)."""

from auditor.model.areas import PointKind, ServiceKind


def test_a_service_hidden_in_a_group_is_found_at_its_line(facts) -> None:
    found = facts("""
        version 22.4R3;
        groups {
            BASE {
                system {
                    services {
                        telnet;
                    }
                }
            }
        }
        apply-groups BASE;
        system {
            host-name r1;
        }
        """)
    assert found.services.state(ServiceKind.TELNET).value is True
    assert [(source.line, source.text) for source in found.services.state(ServiceKind.TELNET).sources] == [
        (6, "telnet;")
    ]


def test_a_group_that_nobody_applies_has_no_effect(facts) -> None:
    found = facts("set version 1\nset groups G system services telnet\nset system host-name r1\n")
    assert found.services.state(ServiceKind.TELNET).value is False
    assert found.coverage[0].unread == ()


def test_local_is_stronger_and_the_earlier_group_wins(facts) -> None:
    base = (
        "set groups A system host-name a\nset groups B system host-name b\nset groups B system services ssh port 2022\n"
        "set groups A system services ssh port 2021\nset apply-groups [ A B ]\nset version 1\n"
    )
    assert facts(base).hostname == "a"
    assert facts(base + "set system host-name own\n").hostname == "own"
    assert [listener.port for listener in facts(base).services.of(ServiceKind.SSH)] == [2021]


def test_a_nested_group_is_nearer_than_one_further_out(facts) -> None:
    found = facts(
        "set groups A system host-name a\nset groups B system host-name b\nset apply-groups A\n"
        "set system apply-groups B\nset version 1\n"
    )
    assert found.hostname == "b"


def test_wildcards_match_existing_objects_only(facts) -> None:
    found = facts("""
        version 1;
        groups {
            F {
                interfaces {
                    <lo*> {
                        unit <*> {
                            family inet {
                                filter {
                                    input RE;
                                }
                            }
                        }
                    }
                }
            }
        }
        system {
            services {
                ssh;
            }
        }
        interfaces {
            apply-groups F;
            lo0 {
                unit 0 {
                    family inet {
                        address 10.0.0.1/32;
                    }
                }
            }
            ge-0/0/0 {
                unit 0;
            }
        }
        firewall {
            filter RE {
                term all {
                    then accept;
                }
            }
        }
        """)
    assert [interface.name for interface in found.interfaces.interfaces] == ["lo0.0", "ge-0/0/0.0"]
    bound = found.access.points[0].filters[0]
    assert (bound.name, bound.bound.line, bound.any_source.value) == ("RE", 9, True)


def test_exceptions(facts) -> None:
    text = "set version 1\nset groups G system services telnet\nset apply-groups G\n"
    assert facts(text + "set system services ssh\n").services.state(ServiceKind.TELNET).value is True
    text += "set system apply-groups-except G\nset system services ssh\n"
    assert facts(text).services.state(ServiceKind.TELNET).value is False


def test_groups_of_a_node_are_all_applied(facts) -> None:
    found = facts(
        'set version 1\nset apply-groups "${node}"\nset groups node0 system login user a class super-user\n'
        "set groups node1 system login user b class super-user\nset groups other system login user c class super-user\n"
    )
    assert [user.name for user in found.accounts.users] == ["a", "b"]


def test_a_masked_secret_in_a_group_is_no_wildcard(facts) -> None:
    found = facts(
        "set version 1\nset apply-groups G\nset groups G system login user a class super-user\n"
        'set groups G system login user a authentication encrypted-password "$1$salt$hash"\n'
    )
    assert found.accounts.users[0].secret.storage == "MD5-crypt ($1$)"


def test_inactive_parts_have_no_effect_in_both_forms(facts) -> None:
    curly = facts("""
        version 1;
        system {
            services {
                inactive: telnet;
                ssh;
            }
            login {
                inactive: user bob {
                    class super-user;
                }
            }
        }
        """)
    flat = facts(
        "set version 1\nset system services telnet\nset system services ssh\nset system login user bob class super-user\n"
        "deactivate system services telnet\ndeactivate system login user bob\n"
    )
    for found in (curly, flat):
        assert found.services.state(ServiceKind.TELNET).value is False
        assert [point.name for point in found.access.points if point.kind is PointKind.REMOTE] == ["ssh"]
        assert found.accounts.users == ()
        assert found.coverage[0].unread == ()


def test_endless_groups_end(facts) -> None:
    inner = "x; y; "
    for _ in range(40):
        inner = f"<*> {{ x; y; {inner} }} x; y; "
    text = f"version 1;\ngroups {{ a {{ {inner} }} }}\napply-groups a;\nsystem {{ x {{ x; y; }} }}\n"
    assert facts(text).complete.code == "U-CUT"


def test_what_a_condition_guards_is_applied_and_the_condition_is_unread(facts) -> None:
    found = facts(
        "set version 1\nset groups G when time 10:00\nset groups G system services telnet\nset apply-groups G\n"
    )
    assert found.services.state(ServiceKind.TELNET).value is True
    assert [source.line for source in found.coverage[0].unread] == [2]
