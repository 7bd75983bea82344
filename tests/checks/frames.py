"""Complete small configurations that a case's lines are put into, so that a case shows just what it is about."""

FRAMES: dict[str, tuple[str, str]] = {
    "cisco_ios": ("version 15.2\nhostname r1\n", "end\n"),
    "cisco_iosxe": ("version 17.9\nhostname r1\n", "end\n"),
    "cisco_iosxr": ("!! IOS XR Configuration 7.5.2\nhostname r1\n", "end\n"),
    "cisco_nxos": (
        "!Command: show running-config\nversion 9.3(10)\nhostname r1\n",
        "line vty\nboot nxos bootflash:/nxos64-cs.9.3.10.bin\n",
    ),
    "juniper_junos": ("set version 22.4R3.25\nset system host-name r1\n", ""),
    "arista_eos": (
        "! Command: show running-config\n! device: r1 (DCS-7280SR3, EOS-4.31.2F)\n!\nhostname r1\n!\n",
        "!\nend\n",
    ),
    "nokia_sros": (
        "# TiMOS-C-23.10.R1 cpm/x86_64 Nokia 7750 SR Copyright (c) 2000-2023 Nokia.\n# Configuration format version 23.10\n"
        '/configure system name "r1"\n',
        "# Finished 2026-11-20T10:00:00.0Z\n",
    ),
    "nokia_srlinux": (
        "set / interface mgmt0 admin-state enable\nset / network-instance mgmt type ip-vrf\nset / system name host-name r1\nset / system aaa authentication authentication-method [ local ]\n",
        "",
    ),
    "huawei_vrp": ("!Software Version V800R021C10SPC600\n#\nsysname r1\n#\n", "#\nreturn\n"),
    "frr": ("frr version 8.5.1\nfrr defaults traditional\nhostname r1\n", "end\n"),
    "mikrotik_routeros": (
        "# 2026-11-20 10:00:00 by RouterOS 7.18.2\n# software id = ABCD-1234\n#\n# model = CCR2216\n/interface list\nadd name=LAN\n/system identity\nset name=r1\n",
        "",
    ),
}
"""Platform -> what stands before the lines and after them."""


def framed(platform: str, lines: str) -> str:
    """The lines within the frame of their platform."""
    before, after = FRAMES[platform]
    return before + lines + ("" if lines.endswith("\n") or not lines else "\n") + after
