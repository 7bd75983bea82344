"""Where access lists of FRR are used."""

from tests.platforms.frr.samples import facts


def test_a_list_is_bound_where_a_statement_names_it() -> None:
    lists = facts(
        "access-list MGMT seq 5 permit 192.0.2.0/24\naccess-list MGMT remark distribute-list MGMT\n"
        "access-list IDLE seq 5 permit any\naccess-list RIP seq 5 permit any\n"
        "interface eth0\n description access-class IDLE\nexit\nrouter rip\n distribute-list RIP in eth0\nexit\n"
        "line vty\n access-class MGMT\nexit\n"
    ).acls.lists
    assert {one.name: [bound.where for bound in one.bindings] for one in lists} == {
        "MGMT": ["line vty"],
        "IDLE": [],
        "RIP": ["router rip"],
    }
