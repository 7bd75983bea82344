"""Who operates intercepts is named nowhere, also where the account itself stays in the configuration (class 2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.engine.device import Task, audit_device
from auditor.engine.packs import load
from auditor.model.declarations import DeviceDeclarations
from auditor.model.device import Device
from auditor.model.snapshot import RUNNING, Document, Snapshot
from auditor.platforms.redaction import redaction
from tests.lawful_intercept.conftest import Shell

OPERATOR = "tapper9417"
CONFIGS = {
    "juniper_junos": f"""set version 22.4R3.25
set system host-name r1
set system login class MD permissions flow-tap-operation
set system login user {OPERATOR} class MD
set system login user {OPERATOR} authentication ssh-ed25519 "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE1 md"
set system frobnicate {OPERATOR} everywhere
set services flow-tap tunnel-interface vt-0/0/0.0
""",
    "cisco_iosxr": f"""!! IOS XR Configuration 7.5.2
hostname r1
taskgroup LIT
 task write li
!
usergroup LIG
 taskgroup LIT
!
username {OPERATOR}
 group root-lr
 group LIG
 secret 10 $6$abc$def
!
frobnicate {OPERATOR} everywhere
end
""",
}

pytestmark = pytest.mark.requirement("R-LI-07")


@pytest.mark.parametrize("platform", CONFIGS)
@pytest.mark.parametrize("source", ["r1.cfg", "in"])
def test_coverage_names_none(platform: str, source: str, shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for path in (tmp_path / "r1.cfg", tmp_path / "in" / "r1.cfg"):
        path.write_text(CONFIGS[platform])
    code, out, err = shell.call(tmp_path, "coverage", source)
    assert code == 0
    assert OPERATOR not in out + err
    assert "frobnicate" in out
    assert source == "in" or "frobnicate an LI account #1 everywhere" in out


IOS = f"""version 15.9
hostname r1
username noc privilege 15 secret 9 $9$abc$def
username lawful-intercept {OPERATOR} privilege 15 secret 9 $9$abc$def
line vty 0 4
 transport input ssh
end
"""
USERS = f"""    Line       User       Host(s)              Idle       Location
*  2 vty 0     auditor    idle                 00:00:00 192.0.2.10
   3 vty 1     {OPERATOR} idle                 00:02:11 203.0.113.66

  Interface    User               Mode         Idle     Peer Address
"""


def test_a_session_of_one_whose_account_was_dropped_names_none() -> None:
    """Another output of the device has the name too; what is said of the session has none."""
    packs = load()
    shown = (Document(RUNNING, IOS.encode()), Document("show users", USERS.encode()))
    documents = redaction.documents(shown, "cisco_ios", "r1")
    task = Task(Snapshot(Device("r1", "cisco_ios"), documents), DeviceDeclarations())
    outcome = audit_device(task, packs, tuple(packs.checks), b"key")
    said = repr(outcome)
    assert "203.0.113.66" in said
    assert OPERATOR not in said and "an LI account #1" in said


CAPTURE = {
    "set": """set version 22.4R3.25
set system host-name r1
set services dynamic-flow-capture capture-group g1 content-destination cd1 address 203.0.113.66
set services dynamic-flow-capture capture-group g1 control-source cs1 source-addresses 203.0.113.67
set services dynamic-flow-capture capture-group g1 control-source cs1 shared-key "$9$tappingkey"
set services dynamic-flow-capture capture-group g1 control-source cs1 notification-targets 203.0.113.68 port 2100
""",
    "braces": """version 22.4R3.25;
system {
    host-name r1;
}
services {
    dynamic-flow-capture {
        capture-group g1 {
            content-destination cd1 {
                address 203.0.113.66;
            }
            control-source cs1 {
                source-addresses [ 203.0.113.67 203.0.113.68 ];
                shared-key "$9$tappingkey";
            }
        }
    }
}
""",
    "one line": "version 22.4R3.25;\nsystem { host-name r1; }\nservices { dynamic-flow-capture { capture-group g1 { content-destination cd1 { address 203.0.113.66; }"
    ' control-source cs1 { source-addresses 203.0.113.67; shared-key "$9$tappingkey"; } } } }\n',
    "json": '{"configuration": {"version": "22.4R3.25", "system": {"host-name": "r1"}, "services": {"dynamic-flow-capture": {"capture-group": [{"name": "g1",'
    ' "content-destination": [{"name": "cd1", "address": "203.0.113.66"}], "control-source": [{"name": "cs1", "source-addresses": ["203.0.113.67"],'
    ' "shared-key": "$9$tappingkey"}]}]}}}}\n',
}


@pytest.mark.parametrize("form", CAPTURE)
def test_where_dynamic_flow_capture_sends_is_judged_and_not_shown(form: str) -> None:
    """Nobody declared it: the finding stands, and neither an address nor the key does."""
    packs = load()
    documents = redaction.documents((Document(RUNNING, CAPTURE[form].encode()),), "juniper_junos", "r1")
    task = Task(Snapshot(Device("r1", "juniper_junos"), documents), DeviceDeclarations())
    outcome = audit_device(task, packs, tuple(packs.checks), b"key")
    said = repr(outcome)
    assert "dynamic-flow-capture" in said
    assert "203.0.113.6" not in said and "tappingkey" not in said
