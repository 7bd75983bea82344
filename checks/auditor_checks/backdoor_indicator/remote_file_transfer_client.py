"""remote-file-transfer-client."""

import re
from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    EventPolicy,
    Facts,
    Fix,
    Gap,
    Job,
    Judgement,
    Kind,
    Platform,
    Problem,
    Review,
    Script,
    ScriptTrait,
    Severity,
    Source,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import AA25, CISA24, NCSC_JAGUAR
from auditor_checks.wording import cisco

_PLAIN = ("ftp", "tftp", "http", "rcp")
_COPIES = ("copies to a remote host", "sends or fetches files", "fetches from a remote host")
_URL = re.compile(r"\b(ftp|tftp|http|rcp):/{0,2}(?:[^@/\s\"]{1,100}@)?([\w.:-]*[\w-])", re.IGNORECASE)
_TOLD = re.compile(r"\b(tftp|ftp) (\d[\d.]+|[0-9a-f:]*:[0-9a-f:]+)\b", re.IGNORECASE)
_VALUABLE = re.compile(r"pcap|\bcap|running-config|startup-config|show run|\.cfg|backup|\.conf", re.IGNORECASE)


@device_check(
    id="remote-file-transfer-client",
    title="The device moves files in clear text to or from a host that the operator did not declare",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.MEDIUM,
    kind=Kind.UNDECLARED,
    needs={Area.TRANSFERS, Area.SCRIPTS},
    fix={
        **cisco(
            Fix(
                "no event manager applet <APPLET>\nno kron occurrence <JOB>\n! or copy over SCP to a declared server",
                verify="show event manager policy registered; show kron schedule",
                caution="Save the code and what it sent first. Block UDP 69 and TCP 20-21 from addresses of devices.",
            )
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete event-options destinations <NAME>",
            verify="show configuration event-options",
            caution="Use 'commit confirmed 5'; save the policies that name it first.",
        ),
        Platform.NOKIA_SROS: Fix(
            '/bof configuration primary-location "cf3:\\config.cfg"',
            verify="show bof",
            caution="Copy the configuration to the compact flash first: the next start loads it from there.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "undo schedule job <JOB>", verify="display schedule job", caution="Save its text first."
        ),
    },
    how="Hosts of FTP, TFTP, HTTP and rcp in the configuration and in on-box code are compared with management."
    "archive_servers; high where the object is a configuration or a capture. Without the list they are items to review. The "
    "scheduled copy of the configuration itself is judged by config-archive-insecure. Copies by hand stand in the accounting "
    "and not in the configuration, so the result is never a pass.",
    false_positives="A server for images and crash dumps that nobody declared yet.",
    attack=("T1048.003", "T1602.002"),
    references=(AA25, CISA24, NCSC_JAGUAR),
    preserve=True,
)
def transfer(facts: Facts) -> Iterator[Judgement]:
    """Captures and configurations left routers over their own FTP and TFTP clients."""
    declared = facts.declared.archive_servers
    for host, protocol, source, valuable in _transfers(facts):
        subject = f"{protocol} with {host}"
        if listed(declared or (), host):
            continue
        if declared is None:
            yield Review(subject, f"the device moves files by {protocol} with {host}", (source,))
            continue
        what = "a configuration or capture" if valuable else "files"
        message = f"the device moves {what} by {protocol} with {host}, which is not declared"
        severity = Severity.HIGH if valuable else Severity.MEDIUM
        yield Problem(message, (source,), subject, severity, values={"host": host})
    if declared is None:
        yield no_list("servers for files (management.archive_servers)")
    yield Gap(Code.STATE, "copies that somebody makes by hand stand in the accounting, which was not collected")


def _transfers(facts: Facts) -> Iterator[tuple[str, str, Source, bool]]:
    for one in facts.transfers.transfers:
        if one.kind != "archive" and one.protocol in _PLAIN and one.host and one.active:
            yield one.host, one.protocol, one.source, one.kind == "configuration"
    for trait in _copies(facts):
        found = _URL.search(trait.source.text) or _TOLD.search(trait.source.text)
        if found is not None:
            yield found[2], found[1].lower(), trait.source, _VALUABLE.search(trait.source.text) is not None


def _copies(facts: Facts) -> Iterator[ScriptTrait]:
    scripts = facts.scripts
    everything: tuple[EventPolicy | Job | Script, ...] = (*scripts.policies, *scripts.jobs, *scripts.scripts)
    for one in everything:
        if one.active:
            yield from (trait for trait in one.traits if trait.what in _COPIES)
