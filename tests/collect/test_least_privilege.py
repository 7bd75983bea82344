"""The accounts of docs/least-privilege.md may run what is on the list, and nothing that changes, captures or shows intercepts.

The rules stand on the page, the ways of matching in tests/accounts.py. FRR's are a program: tests/lab/test_account.py.
"""

import re

import pytest

from auditor.collect.oids import TABLES
from auditor.engine.packs import load
from auditor.platforms.redaction import forbidden
from tests.accounts import ACCOUNTS, blocks

CISCO = [
    "configure terminal", "configure", "copy running-config flash:x", "write memory", "reload", "clear logging", "debug all",
    "terminal monitor", "monitor capture c start", "enable", "enable view", "show li", "show lawful-intercept", "tclsh", "bash",
    "delete flash:x", "more flash:x", "telnet 192.0.2.1", "show tech-support", "show running-config view li-view",
    "show parser view li-view", "show users lawful-intercept", "request platform software system shell", "guestshell", "boot",
]  # fmt: skip
DANGEROUS = {
    "cisco_ios": CISCO,
    "cisco_iosxe": [*CISCO, "show platform software lawful-intercept", "show cef interface", "<edit-config>", "<copy-config>", "<get>",
                    "<kill-session>", "<delete-config>", "<action>"],
    "cisco_iosxr": ["configure", "copy running-config x", "commit", "reload", "clear logging", "debug bgp", "terminal monitor", "run",
                    "show lawful-intercept", "show li", "bash", "install add x", "admin reload", "delete disk0:x", "<edit-config>", "<commit>"],
    "cisco_nxos": ["configure terminal", "copy running-config x", "write erase", "reload", "clear logging", "debug bgp", "terminal monitor",
                   "show li", "show lawful-intercept", "run bash", "guestshell", "python", "install all", "delete bootflash:x", "ethanalyzer local",
                   "checkpoint x", "show tech-support", "enable"],
    "arista_eos": ["bash", "bash id", "bash ps -ef; id", "bash sudo ps -ef", "bash ss -tlnpK", "configure", "show running-config | tee x",
                   "show running-config all", "enable", "copy running-config flash:x", "terminal monitor", "reload", "clear logging", "debug x",
                   "write memory", "show li", "tcpdump interface et1", "python-shell", "dir flash:/x", "monitor session x"],
    "juniper_junos": ["configure", "edit", "request system reboot", "request shell", "start shell", "clear log messages", "monitor traffic",
                      "monitor start messages", "file copy /a /b", "file show /var/log/messages", "file list /config", "file delete /x", "op x",
                      "restart x", "set date 1", "show services flow-tap", "show services dynamic-flow-capture", "show configuration | save x",
                      "show configuration services flow-tap", "show subscribers secure-policy", "show services radius-flow-tap", "ssh x", "telnet x",
                      "show version; start shell", "show route", "test x", "<edit-config>", "<load-configuration>", "<commit>"],
    "nokia_sros_md": ["configure system", "configure li", "edit-config private", "edit-config li", "admin save", "admin reboot", "clear log", "debug",
                      "tools dump li", "tools perform li", "info from state li", "state li", "admin show configuration li", "admin show configuration debug",
                      "show mirror mirror-dest", "file copy a b", "file remove a", "admin tech-support", "ssh x", "exec x", "bof", "enable-admin",
                      "/configure li", "//configure", "<edit-config>", "<get>", "<commit>", "<action>", "<copy-config>", "<kill-session>"],
    "nokia_sros_classic": ["configure", "configure li", "admin save", "admin reboot", "clear log", "debug mirror-source 1", "tools dump li", "show li",
                           "show mirror mirror-dest", "show debug li", "show config li", "file copy a b", "file delete a", "file type cf3:\\li.cfg",
                           "admin tech-support x", "ssh x", "exec x", "bof", "enable-admin", "admin save li", "<get-config>", "<edit-config>"],
    "nokia_srlinux": ["bash", "bash id", "bash ps -ef; id", "bash ss -tulpnK", "enter candidate", "info from state", "info from running /", "tools system reboot",
                      "info from running system lawful-intercept", "show system lawful-intercept", "file ls /", "save startup", "commit now",
                      "info from running | as json", "info from running > x", "ping x"],
    "huawei_vrp": ["system-view", "save", "reset saved-configuration", "reboot", "delete x", "copy a b", "debugging all", "terminal monitor", "undo x",
                   "display lawful-intercept", "display lig", "display li", "telnet x", "display diagnostic-information", "dir", "ftp x", "set x"],
    "huawei_vrp5": ["system-view", "save", "reset saved-configuration", "reboot", "delete x", "copy a b", "debugging all", "terminal monitor", "undo x",
                    "display lawful-intercept", "display li", "display diagnostic-information", "dir", "ftp x", "super 3"],
    "mikrotik_routeros": ["/user add name=x", "/system reboot", "/import x", "/system script run x", "/tool sniffer start", "/tool fetch url=x", "/ping x",
                          "/file remove x", "/export file=x", "/ip service set ssh disabled=yes", "/tool torch ether1", "/system backup save", "/password"],
}  # fmt: skip
MORE = {
    "cisco_ios": ["show archive", "show running-config", "show", "show ip"],
    "cisco_iosxr": ["show bgp", "dir disk0:/x"],
    "juniper_junos": [],
    "nokia_sros_md": ["file list cf1:", "environment time-display utc"],
    "nokia_sros_classic": ["show users console", "file dir cf1:"],
    "huawei_vrp5": ["telnet 192.0.2.1", "ping 192.0.2.1"],
    "mikrotik_routeros": ["/ip firewall calea print", "/ip route print"],
}
"""Said on the page: what the rules cannot withhold."""


def listed(name):
    definition = load().platforms[ACCOUNTS[name].platform]
    shell = [text for command in definition.commands if command.shell for text in command.send]
    assert not shell or name in ("arista_eos", "nokia_srlinux")
    operations = ["<get-config>", "<close-session>"] if definition.rpcs and not name.startswith("huawei") else []
    assert all(rpc.body.startswith("<get-config>") for rpc in definition.rpcs)
    return [*(text for command in definition.commands for text in command.send), *definition.settings, *operations]


@pytest.mark.parametrize("name", [name for name in ACCOUNTS if not name.startswith("nokia_sros")])
def test_the_account_may_run_what_is_on_the_list(name):
    permits = ACCOUNTS[name].rules()
    assert [text for text in listed(name) if not permits(text)] == []


def test_one_of_the_two_command_lines_of_sr_os_may_run_each_of_the_list():
    both = [ACCOUNTS[name].rules() for name in ("nokia_sros_md", "nokia_sros_classic")]
    assert [text for text in listed("nokia_sros_md") if not any(permits(text) for permits in both)] == []


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in DANGEROUS.items() for text in texts])
def test_the_account_may_run_nothing_dangerous(name, text):
    assert not ACCOUNTS[name].rules(loose=True)(text)


@pytest.mark.parametrize("name", [name for name in ACCOUNTS if name != "mikrotik_routeros"])
def test_the_account_sees_no_intercepts(name):
    """Every entry of the deny list, as it stands and with a word behind it; RouterOS cannot withhold a menu, and the page says so."""
    permits = ACCOUNTS[name].rules(loose=True)
    assert [
        entry for entry in forbidden.COMMANDS for text in (entry, f"{entry} x") if _own(name, entry) and permits(text)
    ] == []


def _own(name, entry):
    """Whether the platform may have the command: the tasks of IOS XR permit every `show` that it knows of; views, and the list
    of the users of one, are those of IOS alone (Cisco, Role-Based CLI Access, `li-view` and `show users`)."""
    if "li-view" in entry or entry == "show users lawful-intercept":
        return name in ("cisco_ios", "cisco_iosxe")
    return name != "cisco_iosxr" or re.search(r"\bli\b|lawful", entry)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in MORE.items() for text in texts])
def test_what_the_rules_cannot_withhold_is_on_the_page(name, text):
    assert ACCOUNTS[name].rules(loose=True)(text)


def test_the_tasks_of_ios_xr_are_all_but_interception():
    """Cisco-IOS-XR-um-aaa-task-user-cfg of release 24.4.1 has 85 tasks to read, `li` among them."""
    tasks = re.findall(r"^ task (\w+) ([\w-]+)$", blocks("Cisco IOS XR")[0], re.MULTILINE)
    assert {operation for operation, _ in tasks} == {"read"}
    names = [task for _, task in tasks]
    assert (len(names), len(set(names))) == (84, 84)
    assert "li" not in names


def test_the_view_of_snmp_holds_what_is_asked_and_no_intercepts():
    (root,) = re.findall(r"^view +AUDIT included \.([\d.]+)$", blocks("SNMP")[0], re.MULTILINE)
    held = tuple(map(int, root.split(".")))
    assert all(
        tuple(map(int, oid.split(".")))[: len(held)] == held
        for table in TABLES
        for oid in (*table.scalars, *table.columns)
    )
    assert [one for one in (*forbidden.SUBTREES, *forbidden.CAPABILITIES.values()) if one[: len(held)] == held] == []
