"""What the checks of files on the storage share: names, kinds, folders."""

import re

from auditor.api import Facts, Fix, Platform, listed
from auditor_checks.wording import cisco

SEEN_TOOLS = ("siet.py", "map.tcl", "tclmap.tcl", "tclproxy.tcl", "cmd1", "cmd3", "new2", "sft")
"""Names of tools that were found on routers of victims (AA25-239A)."""
_CAPTURE = re.compile(r"\.(?:pcap|pcapng|cap)\d*(?:\.(?:gz|bz2|xz|zip))?$", re.IGNORECASE)


def name_of(path: str) -> str:
    r"""`map.tcl` of `flash:/tools/map.tcl` and of `cf3:\map.tcl`."""
    return re.split(r"[/\\:]", path)[-1]


def is_capture(path: str) -> bool:
    """Whether a name is one that captures of packets have."""
    return bool(_CAPTURE.search(name_of(path)))


def in_capture_folder(facts: Facts, path: str) -> bool:
    """Whether a file lies in a folder of analysis.capture_directories, which may narrow an entry to a device."""
    for entry in facts.declared.capture_directories or ():
        device = entry.more.get("device")
        if device and device not in (facts.device.name, facts.hostname):
            continue
        folder = entry.value.rstrip("/\\")
        if path.startswith((f"{folder}/", f"{folder}\\")) or listed((entry,), path):
            return True
    return False


def deletion(caution: str) -> dict[str, Fix]:
    """How a file is deleted, and its folder shown, where the system lets one."""
    return {
        **cisco(Fix("delete $path", verify="dir /recursive all-filesystems", caution=caution)),
        Platform.CISCO_IOSXR: Fix("delete $path", verify="dir /recurse harddisk:", caution=caution),
        Platform.CISCO_NXOS: Fix("delete $path", verify="dir bootflash:", caution=caution),
        Platform.JUNIPER_JUNOS: Fix("file delete $path", verify="file list /var/tmp detail", caution=caution),
        Platform.ARISTA_EOS: Fix("delete $path", verify="dir flash:", caution=caution),
        Platform.NOKIA_SROS: Fix("file delete $path", verify="file dir cf3:", caution=caution),
        Platform.HUAWEI_VRP: Fix("delete $path", verify="dir /all", caution=caution),
        Platform.MIKROTIK_ROUTEROS: Fix("/file remove $path", verify="/file print", caution=caution),
    }
