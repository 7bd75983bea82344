"""What a terminal shows of the planted IOS-XE edge: findings for which a configuration alone is not enough."""

from tests.provider_edges.edge import Edge, Mark

_VERSION = """\
Cisco IOS XE Software, Version 17.09.03 «os-version-unexpected os-unsupported kev-cve-applicable»
Cisco IOS Software [Cupertino], Catalyst L3 Switch Software (CAT9K_IOSXE), Version 17.9.3, RELEASE SOFTWARE (fc6)
Technical Support: http://www.cisco.com/techsupport
Copyright (c) 1986-2023 by Cisco Systems, Inc.
Compiled Tue 14-Mar-23 18:12 by mcpre

ROM: IOS-XE ROMMON
BOOTLDR: System Bootstrap, Version 17.11.1r[FC2], RELEASE SOFTWARE (P)
{host} uptime is 31 weeks, 4 days, 2 hours, 11 minutes
Uptime for this control processor is 31 weeks, 4 days, 2 hours, 15 minutes
System returned to ROM by Reload Command
System image file is "bootflash:packages.conf"
Last reload reason: Reload Command

cisco C9500-32C (X86) processor with 2863391K/6147K bytes of memory.
Processor board ID JAE0000D017
32768K bytes of non-volatile configuration memory.
16009008K bytes of physical memory.

Configuration register is 0x2142 «boot-path-remote-or-changed»
"""
_CAPTURE = """\
Status Information for Capture mycap «covert-packet-capture covert-mirror-of-management-traffic»
  Target Type:
   Interface: Control Plane, Direction : both
   Status : Active
  Filter Details:
   IPv4
    Source IP:  any
    Destination IP:  any
   Protocol: 6
    Destination port: 49
  Buffer Details:
   Buffer Type: LINEAR (default)
   Buffer Size (in MB): 10
  Limit Details:
   Number of Packets to capture: 0 (no limit)
   Packet Capture duration: 0 (no limit)
   Packet Size to capture: 0 (no limit)
   Packet sampling rate: 0 (no sampling)
"""
_COMMANDS = ("show version", "show monitor capture", "show startup-config", "show running-config")


def session(running: Edge, startup: Edge) -> Edge:
    """A file with prompts, commands and outputs: the planted edge runs, and what it started with is the sound one."""
    lines: list[str] = []
    marks: list[Mark] = []
    saved = "Using 48211 out of 33554432 bytes\n" + startup.text.partition("!\n")[2]
    texts = dict(zip(_COMMANDS, (_VERSION, _CAPTURE, saved, running.text), strict=True))
    for command, text in texts.items():
        lines.append(f"{running.host}#{command}")
        if command == "show running-config":
            # The release of `show version` stands for the less exact one of the configuration.
            marks += [
                Mark(one.check, one.line + len(lines), one.text, one.required)
                for one in running.marks
                if one.check != "os-unsupported"
            ]
            lines += text.splitlines()
            continue
        for line in text.replace("{host}", running.host).splitlines():
            shown, _, words = line.partition(" «")
            lines.append(shown)
            for word in words.rstrip("»").split():
                marks.append(Mark(word.lstrip("?"), len(lines), shown, not word.startswith("?")))
    lines.append(f"{running.host}#")
    return Edge(running.host, "".join(f"{line}\n" for line in lines), tuple(marks), running.declarations)
