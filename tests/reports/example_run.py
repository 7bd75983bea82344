"""A run made by hand: compromised, neglected, sound, partial, unreachable and hostile devices."""

import msgspec

from auditor.model.check import Severity
from auditor.model.run import (
    Cell,
    CheckRecord,
    Collected,
    DeviceRecord,
    DeviceStatus,
    DocumentRecord,
    Evidence,
    Finding,
    Outcome,
    PeerCount,
    Result,
    ReviewItem,
    Run,
    Skipped,
    Table,
    UnreadLine,
    WaiverNote,
    WaiverRecord,
    listed,
)

CISA = ("Enhanced Visibility and Hardening Guidance", "https://www.cisa.gov/resources-tools/resources/enhanced")
HOSTILE_NAME = "../../etc/<script>alert(1)</script>"
HOSTILE_TEXT = '"><script>alert("x")</script>\x1b[2J\x00\u202etxt.exe\u202c =cmd|\'/C calc\'!A0'
LONG_WORD = "x" * 300


def _check(check_id, title, check_class, severity, why, kind="exposure", preserve=False, attack=("T1133",)):
    return CheckRecord(
        id=check_id,
        title=title,
        check_class=check_class,
        severity=severity,
        kind=kind,
        why=why,
        how="A line of the configuration says so. Unknown where the section was not read.",
        false_positives="A lab device may do this on purpose.",
        attack=attack,
        references=(CISA, ("Operator handbook, chapter 4", "")),
        pack="auditor_checks 0.1.0",
        preserve=preserve,
    )


CHECKS = (
    _check(
        "eem-output-tampering",
        "An applet filters the output of commands",
        "backdoor-indicator",
        Severity.CRITICAL,
        "An applet that catches show commands hides lines from the administrator. Public intrusions used this to hide "
        "accounts and tunnels.\n\nThere is no operational reason to filter the running configuration.",
        preserve=True,
        attack=("T1546", "T1562.003"),
    ),
    _check(
        "ssh-authorized-key-undeclared",
        "An SSH key is accepted that nobody declared",
        "backdoor-indicator",
        Severity.CRITICAL,
        "A key lets its holder in without a password and survives password changes.",
        kind="undeclared",
        preserve=True,
        attack=("T1098.004",),
    ),
    _check(
        "gre-tunnel-undeclared",
        "A GRE tunnel leads to an undeclared endpoint",
        "backdoor-indicator",
        Severity.HIGH,
        "A tunnel carries traffic out of the network past every filter. It is how captured traffic left in public "
        "intrusions.",
        kind="undeclared",
        attack=("T1572",),
    ),
    _check(
        "li-mib-in-general-view",
        "Intercept MIBs are in a general SNMP view",
        "li-provisioning",
        Severity.HIGH,
        "Whoever reads these tables learns how the intercept facility is used.",
    ),
    _check(
        "smart-install-enabled",
        "Smart Install is open",
        "management-exposure",
        Severity.HIGH,
        "Anybody who reaches TCP port 4786 can read and replace the configuration.",
        attack=("T1190",),
    ),
    _check(
        "telnet-enabled",
        "Telnet is accepted on management lines",
        "management-exposure",
        Severity.HIGH,
        "Telnet shows passwords and commands to anybody on the path.",
        attack=("T1040",),
    ),
    _check(
        "password-storage-weak",
        "Passwords are stored in a reversible form",
        "credential",
        Severity.MEDIUM,
        "Type 7 is an encoding and no protection.",
        attack=("T1552.001",),
    ),
    _check(
        "remote-syslog-missing",
        "No log leaves the device",
        "logging-visibility",
        Severity.MEDIUM,
        "An intruder who clears the local buffer leaves no trace.",
        attack=("T1562.006",),
    ),
    _check(
        "banner-missing",
        "No login banner",
        "integrity",
        Severity.LOW,
        "Some jurisdictions ask for a warning.",
        attack=(),
    ),
    _check(
        "tacacs-server-rare",
        "A TACACS+ server that its peers do not use",
        "credential",
        Severity.HIGH,
        "A foreign server sees every password typed on the device.",
        kind="fleet",
        attack=("T1556",),
    ),
)
CHECK = {c.id: c for c in CHECKS}


def _evidence(line, text, before=(), after=(), document="show running-config"):
    return Evidence(document, line, line + text.count("\n"), text, before, after)


def _finding(check, device, subject, message, evidence=(), severity=None, **more):
    meta = CHECK[check]
    return Finding(
        check=check,
        device=device,
        severity=meta.severity if severity is None else severity,
        confidence=more.pop("confidence", "certain"),
        title=meta.title,
        message=message,
        subject=subject,
        fingerprint=f"{sum(map(ord, check + device + subject)) * 2654435761 % 2**48:012x}",
        evidence=evidence,
        preserve=meta.preserve,
        **more,
    )


def _document(name, lines, unread=(), irrelevant=40):
    return DocumentRecord(
        name, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", lines, lines - irrelevant - len(unread),
        irrelevant, len(unread), tuple(unread),
    )  # fmt: skip


TABLES = (
    Table(
        "Accounts",
        ("Name", "Privilege", "Secret"),
        (
            (Cell("admin", "show running-config", 21), Cell("15"), Cell("type 9, strong")),
            (Cell("svc-backup", "show running-config", 22), Cell("15"), Cell("type 7, reversible")),
        ),
        "Secrets are masked; only their storage form is shown.",
    ),
    Table(
        "Management services",
        ("Service", "State", "Port", "Source filter"),
        (
            (Cell("SSH", "show running-config", 240), Cell("on"), Cell("22"), Cell("MGMT-IN")),
            (Cell("Telnet", "show running-config", 243), Cell("on"), Cell("23"), Cell("none")),
        ),
    ),
)

DEVICES = (
    DeviceRecord("par-pe1", "cisco_iosxe", DeviceStatus.AUDITED, "17.09.04a", "pe", "paris", "192.0.2.11", "",
                 (), (_document("show running-config", 412, (UnreadLine(77, "platform punt-keepalive disable", ""),
                                                             UnreadLine(233, "event manager policy x.tcl", "scripts"))),
                      _document("show version", 58)), TABLES),
    DeviceRecord("par-pe2", "cisco_iosxe", DeviceStatus.AUDITED, "17.09.04a", "pe", "paris", "192.0.2.12", "",
                 (), (_document("show running-config", 398),), TABLES,
                 (Collected("ssh command line", ("show running-config",)),
                  Collected("ssh exec", ("show version", "show users"), "by ssh command line: a log message of the device "
                            "stands in the output at line 12"))),
    DeviceRecord("lyo-agg1", "cisco_ios", DeviceStatus.AUDITED, "15.2(7)E3", "aggregation", "lyon", "192.0.2.21",
                 "detected from the first line, certain", (), (_document("lyo-agg1.cfg", 231),), TABLES[:1]),
    DeviceRecord("mrs-pe1", "juniper_junos", DeviceStatus.AUDITED, "22.4R3", "pe", "marseille", "192.0.2.31", "",
                 (), (_document("show configuration", 640),), ()),
    DeviceRecord("lil-pe1", "juniper_junos", DeviceStatus.PARTIAL, "22.4R3", "pe", "lille", "192.0.2.41", "",
                 ("show system users: the end of the output is missing; not collected",),
                 (_document("show configuration", 402, tuple(UnreadLine(n, f"unknown-{n} value;") for n in range(90, 96))),)),
    DeviceRecord("bdx-pe1", "cisco_iosxe", DeviceStatus.FAILED, "", "pe", "bordeaux", "192.0.2.51", "",
                 ("ssh: connection to 192.0.2.51:22 timed out after 20 s",)),
    DeviceRecord(HOSTILE_NAME, "frr", DeviceStatus.AUDITED, HOSTILE_TEXT, HOSTILE_TEXT, LONG_WORD, "=1+1", HOSTILE_TEXT,
                 (HOSTILE_TEXT,), (_document(HOSTILE_TEXT, 90, (UnreadLine(3, HOSTILE_TEXT, "aaa"),)),),
                 (Table(HOSTILE_TEXT, (HOSTILE_TEXT,), ((Cell(HOSTILE_TEXT, HOSTILE_TEXT, 1),),), HOSTILE_TEXT),)),
)  # fmt: skip

FIX_TELNET = "line vty 0 4\n transport input ssh"
FINDINGS = (
    _finding(
        "eem-output-tampering", "par-pe1", "applet HK", "Applet HK answers 'show running-config' itself and drops lines "
        "with 'Tunnel7'.",
        (_evidence(201, "event manager applet HK\n event cli pattern \"show run\" sync yes",
                   ("!", "ip access-list standard MGMT-IN", " permit 192.0.2.0 0.0.0.255"),
                   (" action 1.0 cli command \"show run | exclude Tunnel7\"", "!", "line con 0")),),
        remediation="no event manager applet HK", caution="The applet may undo its removal; stop it on the console.",
        verify="show event manager policy registered\n  lists no policy",
    ),
    _finding(
        "gre-tunnel-undeclared", "par-pe1", "tunnel 203.0.113.7", "Tunnel7 leads to 203.0.113.7, which no declaration "
        "names.",
        (_evidence(150, "interface Tunnel7\n tunnel source Loopback0\n tunnel destination 203.0.113.7", ("!",), ("!",)),),
        remediation="interface Tunnel7\n shutdown", verify="show interfaces Tunnel7", confidence="likely",
    ),
    _finding("li-mib-in-general-view", "par-pe1", "view ALL", "View ALL includes the whole tree and is used by a "
             "community.", (_evidence(301, "snmp-server view ALL iso included"),),
             remediation="snmp-server view ALL 1.3.6.1.4.1.9.9.399 excluded"),
    _finding("telnet-enabled", "par-pe2", "vty 0 4", "Telnet is accepted on vty 0 4.",
             (_evidence(243, " transport input telnet ssh", ("line vty 0 4",), ("!",)),), remediation=FIX_TELNET,
             caution="Make sure that SSH works before Telnet is switched off.", verify="show line vty 0 | include input",
             waived=WaiverNote("Console server speaks Telnet only until its replacement", "noc@example.net", "2027-03-31")),
    _finding("telnet-enabled", "lyo-agg1", "vty 0 15", "Telnet is accepted on vty 0 15.",
             (_evidence(220, " transport input all", ("line vty 0 15",), (" login local",), "lyo-agg1.cfg"),),
             remediation=FIX_TELNET, caution="Make sure that SSH works before Telnet is switched off."),
    _finding("smart-install-enabled", "lyo-agg1", "vstack", "Smart Install is on by the default of 15.2(7)E3.",
             remediation="no vstack", verify="show vstack config", confidence="likely"),
    _finding("password-storage-weak", "lyo-agg1", "user svc-backup", "The password of svc-backup is stored as type 7.",
             (_evidence(22, "username svc-backup privilege 15 password 7 ********", document="lyo-agg1.cfg"),),
             remediation="username svc-backup algorithm-type scrypt secret NEW-SECRET"),
    _finding("banner-missing", "lyo-agg1", "banner", "There is no login banner.", remediation="banner login ^Keep out^"),
    _finding("remote-syslog-missing", "lil-pe1", "syslog", "No log host is configured.", confidence="possible"),
    _finding("password-storage-weak", HOSTILE_NAME, HOSTILE_TEXT, HOSTILE_TEXT,
             (_evidence(3, HOSTILE_TEXT, (HOSTILE_TEXT,), (LONG_WORD,), HOSTILE_TEXT),), severity=Severity.INFO,
             remediation=HOSTILE_TEXT, caution=HOSTILE_TEXT, verify=HOSTILE_TEXT),
)  # fmt: skip

_UNKNOWN = {
    "ssh-authorized-key-undeclared": "U-DECL: no list of SSH keys was supplied",
    "tacacs-server-rare": "U-PEER: fewer than three devices of the role",
    "remote-syslog-missing": "U-DEF: no line, and the default of this release is not known",
}
_INAPPLICABLE = {("smart-install-enabled", "mrs-pe1"), ("smart-install-enabled", "lil-pe1"),
                 ("eem-output-tampering", "mrs-pe1"), ("eem-output-tampering", "lil-pe1")}  # fmt: skip


def _result(check, device):
    if device.status is DeviceStatus.FAILED:
        return Result(check, device.name, Outcome.UNKNOWN, "U-CUT: nothing was collected")
    if any(f.check == check and f.device == device.name for f in FINDINGS):
        return Result(check, device.name, Outcome.FAIL)
    if (check, device.name) in _INAPPLICABLE:
        return Result(check, device.name, Outcome.NOT_APPLICABLE, "the platform does not have it")
    if (check, device.name) == ("gre-tunnel-undeclared", "lil-pe1"):
        return Result(check, device.name, Outcome.ERROR, "KeyError: 'tunnel'")
    if check in _UNKNOWN and device.name != "mrs-pe1":
        return Result(check, device.name, Outcome.UNKNOWN, _UNKNOWN[check])
    return Result(check, device.name, Outcome.PASS)


RUN = listed(Run(
    id="20261124T113000Z-5f1c",
    started="2026-11-24T11:30:00Z",
    finished="2026-11-24T11:31:12Z",
    tool_version="0.1.0",
    engine="local",
    inputs=("inventories/france.yaml",),
    packs=("auditor_checks 0.1.0",),
    exit_code=3,
    fail_on=Severity.HIGH,
    complete=False,
    checks=CHECKS,
    devices=DEVICES,
    results=tuple(_result(check.id, device) for check in CHECKS for device in DEVICES),
    findings=FINDINGS,
    review=(
        ReviewItem("ssh-authorized-key-undeclared", "par-pe1", "key SHA256:3kF", "SSH key SHA256:3kF of user svc-backup",
                   (_evidence(61, "  key-hash ssh-rsa ********"),), PeerCount(1, 4, "pe")),
        ReviewItem("ssh-authorized-key-undeclared", "par-pe2", "key SHA256:aa1", "SSH key SHA256:aa1 of user ansible",
                   (_evidence(58, "  key-hash ssh-rsa ********"),), PeerCount(4, 4, "pe")),
        ReviewItem("ssh-authorized-key-undeclared", "mrs-pe1", "key SHA256:aa1", "SSH key SHA256:aa1 of user ansible",
                   (_evidence(12, "ssh-ed25519 ********", document="show configuration"),), PeerCount(4, 4, "pe")),
        ReviewItem("ssh-authorized-key-undeclared", HOSTILE_NAME, HOSTILE_TEXT, HOSTILE_TEXT,
                   (_evidence(5, HOSTILE_TEXT),)),
    ),
    skipped=(Skipped("old/notes.txt", "no configuration of a known platform"), Skipped(HOSTILE_TEXT, HOSTILE_TEXT)),
    waivers=(
        WaiverRecord("telnet-enabled", "par-*", "vty 0 4", "Console server speaks Telnet only until its replacement",
                     "noc@example.net", "2027-03-31", "used", 1),
        WaiverRecord("banner-missing", "mrs-*", "", "No banner wanted", "legal@example.net", "2026-12-31", "unused"),
        WaiverRecord("smart-install-enabled", "lyo-*", "vstack", "Migration", "noc@example.net", "2026-06-30", "expired"),
    ),
    notes=("declarations.yaml: entry 'tunnels[2]' expired on 2026-09-30 and no longer counts",),
    declarations=("inventories/declarations.yaml",),
))  # fmt: skip


def changed(run: Run = RUN, **fields: object) -> Run:
    """A run with other values."""
    return listed(msgspec.structs.replace(run, **fields))
