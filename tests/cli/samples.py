"""Small complete configurations."""

from __future__ import annotations

from pathlib import Path

IOS = """Building configuration...

Current configuration : 900 bytes
!
version 15.2
no service pad
service timestamps log datetime msec
service password-encryption
!
hostname {host}
!
boot-start-marker
boot-end-marker
!
enable secret 9 $9$fYDNY5uiKc4uHt$f7X8LASm2TqtDKHO5xosGhMk0f/jYVbLq2r2.ADsG6A
!
username drift privilege 15 secret 9 $9$nYDNY5uiKc4uHt$f7X8LASm2TqtDKHO5xosGhMk0f/jYVbLq2r2.ADsG6B
no aaa new-model
!
interface Vlan10
 ip address 10.0.0.1 255.255.255.0
!
no ip http server
no ip http secure-server
ip ssh version 2
!
ip access-list standard MGMT
 permit 10.255.0.5
!
logging host 10.255.0.41
logging host 10.255.0.42
!
line con 0
line vty 0 4
 access-class MGMT in
 login local
 transport input {transport}
!
end
"""

JUNOS = """## Last commit: 2026-11-20 08:00:00 UTC by drift
version 21.4R3.15;
system {{
    host-name {host};
    root-authentication {{
        encrypted-password "$6$abcdefgh$0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567"; ## SECRET-DATA
    }}
    services {{
        ssh;
    }}
    syslog {{
        host 10.255.0.41 {{
            any info;
        }}
    }}
}}
interfaces {{
    lo0 {{
        unit 0 {{
            family inet {{
                address 10.0.0.1/32;
            }}
        }}
    }}
}}
"""

IOSXR = """!! IOS XR Configuration 7.5.2
!! Last configuration change at Mon Nov 23 10:00:00 2026 by drift
hostname xr1
interface MgmtEth0/RP0/CPU0/0
 ipv4 address 10.0.0.9 255.255.255.0
!
ssh server v2
end
"""


def ios(host: str = "sw1", transport: str = "ssh") -> str:
    return IOS.format(host=host, transport=transport)


def junos(host: str = "mx1") -> str:
    return JUNOS.format(host=host)


def folder(root: Path, files: dict[str, str | bytes]) -> Path:
    """A folder of these files."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def inventory(root: Path, devices: str, head: str = "schema: auditor/inventory/1\n") -> Path:
    """An inventory of these device lines."""
    path = root / "inventory.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{head}devices:\n{devices}", "utf-8")
    return path
