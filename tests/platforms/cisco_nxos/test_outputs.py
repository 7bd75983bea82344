"""Outputs of NX-OS in their documented forms."""

from __future__ import annotations

from auditor.platforms.cisco_nxos import platform
from tests.platforms.outputs import brief, seen


def test_features_that_are_on_and_the_servers_among_them() -> None:
    found = seen(
        platform,
        "show feature",
        "Feature Name          Instance  State\n--------------------  --------  --------\n"
        "bash-shell             1          enabled\n"
        "eigrp                  1          enabled(not-running)\n"
        "eigrp                  2          enabled\n"
        "sshServer              1          enabled\n"
        "telnetServer           1          disabled\n",
    )
    assert brief(found["features"], "name", "sources") == [("bash-shell", [3]), ("eigrp", [4]), ("sshServer", [6])]
    assert brief(found["services"], "kind", "enabled", "sources") == [("ssh", True, [6]), ("telnet", False, [7])]


def test_a_guest_shell_that_is_not_installed_is_none() -> None:
    head = "Virtual service guestshell+ detail\n  State                 : "
    assert seen(platform, "show guestshell detail", f"{head}Not Installed\n") == {"apps": []}
    for state, started in (("Activated", True), ("Deactivated", False)):
        (app,) = seen(platform, "show guestshell detail", f"{head}{state}\n")["apps"]
        assert (app["name"], app["started"], app["guest_shell"]) == ("guestshell+", started, True)
