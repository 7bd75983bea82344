"""Outputs of commands of IOS and IOS-XE (syntax-ios-family A.15; forms of the genie and ntc samples)."""

import re

from auditor.model.areas import (
    AaaServer,
    Algorithms,
    Alias,
    Capture,
    Community,
    ConfigChange,
    Connection,
    ContainerApp,
    IntegrityResult,
    Listener,
    LogBuffer,
    LogMessage,
    LogState,
    Mirror,
    MirrorDestination,
    Neighbor,
    Process,
    Release,
    Restart,
    Service,
    ServiceKind,
    Session,
    SnmpGroup,
    SnmpUser,
    SshServer,
    State,
    StoredFile,
)
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.model.secret import Strength
from auditor.platforms.cisco_ios.secrets import RULES as CONFIGURATION_RULES
from auditor.platforms.common import listings
from auditor.platforms.common.eem import policies
from auditor.platforms.common.listings import listing
from auditor.platforms.common.neighbors import refuse_silence
from auditor.platforms.common.outputs import FormatError, Output, OutputReader, OutputSet, known, rows
from auditor.platforms.common.signatures import MEMORY, SIGNATURES, SIGNING_KEYS
from auditor.syntax.mask import TOKEN, MaskRule, MaskRules

_LEVELS = {"noauth": "noauth", "auth": "auth", "priv": "priv"}
_AUTH = {"MD5": "md5", "SHA": "sha", "None": "", "-": ""}
_PRIVACY = {
    "DES": "des",
    "3DES": "3des",
    "AES128": "aes-128",
    "AES192": "aes-192",
    "AES256": "aes-256",
    "None": "",
    "-": "",
}


_LOADER = re.compile(r"ROM: (?:.*\bVersion )?(?P<version>\d[^\s,]*)")
"""`ROM: System Bootstrap, Version 15.0(1r)M16, ...` and `ROM: 17.6(1r)`; `ROM: IOS-XE ROMMON` names none."""


def release(output: Output) -> State:
    """`show version`: version, image, reason of the last restart, configuration register."""
    found = rows("cisco_ios_show_version", output)
    if not found or not found[0].values["VERSION"]:
        raise FormatError("no version in the output")
    values, source = found[0].values, found[0].source
    image = output.first(re.compile(r"System image file is \"(\S+?)\""))
    version = output.first(re.compile(r".*\bVersion \S+")) or (None, source)
    return State(
        release=Known(
            Release(
                version=values["VERSION"],
                source=version[1],
                image=values["RUNNING_IMAGE"],
                model=values["HARDWARE"].split(" ")[0],
                serial=values["SERIAL"].split(" ")[0],
                uptime=values["UPTIME"],
                restarted=values["RESTARTED"],
                reason=values["RELOAD_REASON"],
                register=values["CONFIG_REGISTER"],
                built=output.value(_BUILT),
                bootloader=output.value(_LOADER),
                sources=tuple(one[1] for one in (image,) if one is not None),
            ),
            (version[1],),
        ),
        restart=_restart(output),
    )


_RESTARTED = re.compile(r"System (?:re)?started at (?P<when>.+?)\s*$")
_REASON = re.compile(r"(?:System returned to ROM by|Last reload reason:)\s*(?P<reason>.+?)\s*$")


def _restart(output: Output) -> Setting[Restart]:
    when, reason = output.first(_RESTARTED), output.first(_REASON)
    lines = tuple(one[1] for one in (when, reason) if one)
    if not lines:
        return Unknown(Code.STATE, "the output does not say when the system started")
    return Known(
        Restart(lines[0], when[0]["when"] if when else "", reason[0]["reason"] if reason else "", lines), lines
    )


_BUILT = re.compile(r"Compiled \w{3} (\d\d-\w{3}-\d\d)\b")
_USERS = re.compile(r"\s*Line\s+User\s+Host\(s\)\s+Idle\s+Location")
_USER = re.compile(
    r"(?P<own>[* ])\s*(?:\d+\s+)?(?P<line>(?:con|aux|tty|vty)\s+\d+)(?:\s+(?P<user>\S+))??\s+(?P<hosts>\S+)\s+(?P<idle>(?:\d+:)?\d+:\d\d|\d+[wdy]\d+[dhw]|never)"
    r"(?:\s+(?P<from>\S+))?\s*$"
)


def sessions(output: Output) -> State:
    """`show users`: line, user, and where each session comes from."""
    output.require(_USERS, "head of the table of users")
    found = [
        Session(
            user=match["user"] or "",
            line=" ".join(match["line"].split()),
            source=source,
            address=match["from"] or "",
            own=match["own"] == "*",
        )
        for match, source in output.find(_USER)
    ]
    return State(sessions=Known(tuple(found), tuple(one.source for one in found)))


_TCP = re.compile(r"TCB\s+Local Address\s+Foreign Address\s+\(state\)")
_TCP_ROW = re.compile(
    r"[0-9A-Fa-f]{6,16}\s+(?P<local>\S+)\.(?P<port>\d+|\*)\s+(?P<remote>\S+?)(?:\.(?P<rport>\d+|\*))?\s+(?P<state>[A-Z_]+\d?)\s*$"
)


_TCP_ANY = re.compile(r"[0-9A-Fa-f]{6,16}\s+\S+\s+\S")


def tcp(output: Output) -> State:
    """`show tcp brief all [numeric]`: connections, and ports that are listened on."""
    output.require(_TCP, "head of the table of connections")
    output.refuse(_TCP_ANY, _TCP_ROW)
    listeners, connections = [], []
    for match, source in output.find(_TCP_ROW):
        if match["state"] == "LISTEN" and match["port"].isdigit():
            address = "*" if match["local"] in ("*", "0.0.0.0", "::") else match["local"]
            listeners.append(Listener("tcp", address, int(match["port"]), source))
        else:
            connections.append(
                Connection(
                    "tcp",
                    f"{match['local']}:{match['port']}",
                    f"{match['remote']}:{match['rport'] or '*'}",
                    match["state"],
                    source,
                )
            )
    return State(listeners=known(listeners), connections=known(connections))


_PORTS = re.compile(r"Prot\s+Local Address\s+Foreign Address\s+Service\s+State")
_PORT = re.compile(
    r"\s*(?P<protocol>tcp6?|udp6?)\s+(?P<address>\S+):(?P<port>\d+)\s+\S+\s+(?P<service>.*?)\s+LISTEN\s*$"
)


def open_ports(output: Output) -> State:
    """`show control-plane host open-ports`."""
    output.require(_PORTS, "head of the table of ports")
    found = [
        Listener(match["protocol"], match["address"], int(match["port"]), source, process=match["service"])
        for match, source in output.find(_PORT)
    ]
    return State(listeners=known(found))


_FOLDER = re.compile(r"Directory of (?P<folder>\S+)")
_FILE = re.compile(
    r"\s*\d+\s+(?P<mode>[-drwx]{4})\s+(?P<size>\d+)\s+(?P<changed>\w{3} +\d+ \d{4} \d\d:\d\d:\d\d(?: [-+]?[\w:]+)?|<no date>)\s+(?P<name>.+?)\s*$"
)


def stored(output: Output) -> State:
    """`dir /recursive all-filesystems`: every file with its size and time."""
    return listing(output, _FILE, _FOLDER)


_CHANGES = re.compile(r"\s*idx\s+sess\s+user@line\s+Logged command")
_CHANGE = re.compile(r"\s*\d+\s+\d+\s+(?P<user>[^@|]*?)@(?P<line>\S*)\s*\|(?P<command>.*)$")
_NOBODY = "unknown user"
"""The log's word for a session without a name (Cisco, Configuration Change Notification and Logging)."""


def changes(output: Output) -> State:
    """`show archive log config all`: what was typed, by whom, on which line."""
    output.require(_CHANGES, "head of the log of changes")
    found = [
        ConfigChange(
            user="" if match["user"] == _NOBODY else match["user"],
            source=source,
            line=match["line"],
            command=match["command"].strip(),
        )
        for match, source in output.find(_CHANGE)
    ]
    return State(changes=known(found))


_SESSION = re.compile(r"Session (\S+)\s*$")
_NO_SESSION = re.compile(r"\s*(?:% )?No (?:SPAN|monitor session)", re.IGNORECASE)
_FIELD = re.compile(r"(?P<name>[A-Z][\w /]*?)\s*:\s*(?P<value>.*?)\s*$")
_KINDS = {
    "ERSPAN Source Session": "erspan",
    "Local Session": "span",
    "Remote Source Session": "rspan",
    "ERSPAN Destination Session": "erspan",
}


def mirrors(output: Output) -> State:
    """`show monitor session all`: sessions with their ends, whether they run or not."""
    sections = output.sections(_SESSION)
    if not sections and not output.first(_NO_SESSION):
        raise FormatError("neither a session nor a word that there is none")
    return State(mirrors=known([_mirror(output, start, end) for _, start, end in sections]))


def _mirror(output: Output, start: int, end: int) -> Mirror:
    fields = {
        match["name"].strip(): (match["value"], output.at(index))
        for index in range(start + 1, end)
        if (match := _FIELD.match(output.lines[index].strip()))
    }
    ends = [
        MirrorDestination(kind, value, source)
        for name, kind in (
            ("Destination IP Address", "address"),
            ("Destination Ports", "interface"),
            ("Dest RSPAN VLAN", "vlan"),
        )
        if (value := fields.get(name, ("", None))[0]) and (source := fields[name][1])
    ]
    copied = tuple(
        f"{fields[name][0]} {name.split()[0].lower()}"
        for name in ("Both", "RX Only", "TX Only")
        if fields.get(name, ("",))[0]
    )
    status = fields.get("Status")
    return Mirror(
        name=output.lines[start].split()[-1],
        kind=_KINDS.get(fields.get("Type", ("", None))[0], fields.get("Type", ("", None))[0]),
        sources=(output.at(start), *(source for _, source in fields.values())),
        destinations=tuple(ends),
        copied=copied,
        active=Known("enabled" in status[0].lower(), (status[1],))
        if status
        else Unknown(Code.STATE, "no status shown"),
    )


_CAPTURE = re.compile(r"Status Information for Capture (\S+)")
_TARGET = re.compile(r"\s*Interface: (.*?), Direction")
_STATUS = re.compile(r"\s*Status : (\S+)")
_CHOSEN = re.compile(r"\s*(?:Access-list:\s*(\S+)|((?:Source|Destination|Src|Dest)[- ][Pp]ort.*\d.*))$")
_CAPTURE_FILE = re.compile(r"\s*(?:File Details|Associated file name: (\S+))")


def captures(output: Output) -> State:
    """`show monitor capture`: captures that exist, and where they listen. No capture, no output."""
    sections = output.sections(_CAPTURE)
    if not sections and any(line.strip() and "#" not in line for line in output.lines):
        raise FormatError("no 'Status Information for Capture'")
    found = []
    for head, start, end in sections:
        inside = [(index, output.lines[index]) for index in range(start, end)]
        interfaces = tuple(match[1] for _, line in inside if (match := _TARGET.match(line)))
        status = next(((match[1], output.at(index)) for index, line in inside if (match := _STATUS.match(line))), None)
        active: Setting[bool] = (
            Known(status[0] == "Active", (status[1],)) if status else Unknown(Code.STATE, "no status shown")
        )
        target = next((match[1] for _, line in inside if (match := _CAPTURE_FILE.match(line)) and match[1]), "")
        chosen = [(match[1] or match[2].strip(), index) for index, line in inside if (match := _CHOSEN.match(line))]
        found.append(
            Capture(
                head[1],
                (output.at(start), *(output.at(index) for _, index in chosen)),
                target=target,
                interfaces=interfaces,
                filters=tuple(text for text, _ in chosen),
                active=active,
            )
        )
    return State(captures=known(found))


_AUTH_LINE = re.compile(r"Authentication Protocol:")
_PRIVACY_LINE = re.compile(r"Privacy Protocol:")


def snmp_users(output: Output) -> State:
    """`show snmp user`: the users that the configuration does not show."""
    found = [
        SnmpUser(
            name=row.values["USER_NAME"],
            source=row.source,
            group=row.values["GROUP_NAME"],
            auth=_AUTH.get(row.values["AUTHENTICATION_PROTOCOL"], row.values["AUTHENTICATION_PROTOCOL"].lower()),
            privacy=_PRIVACY.get(row.values["PRIVACY_PROTOCOL"], row.values["PRIVACY_PROTOCOL"].lower()),
            sources=tuple(
                line for label in (_AUTH_LINE, _PRIVACY_LINE) if (line := output.within(row, label)) is not None
            ),
        )
        for row in rows("cisco_ios_show_snmp_user", output)
    ]
    return State(snmp_users=known(found))


_VIEWS_LINE = re.compile(r"\s*readview\s*:")


def snmp_groups(output: Output) -> State:
    """`show snmp group`: groups with their views, those that bear the name of their community included."""
    found = []
    for row in rows("cisco_ios_show_snmp_group", output):
        model, *level = row.values["SECURITY_MODEL"].split()
        found.append(
            SnmpGroup(
                name=row.values["GROUPNAME"],
                version=model,
                level=_LEVELS.get(level[0], level[0]) if level else "",
                source=row.source,
                read_view=_view(row.values["READVIEW"]),
                write_view=_view(row.values["WRITEVIEW"]),
                notify_view=_view(row.values["NOTIFYVIEW"]),
                write_source=output.within(row, _VIEWS_LINE),
                community=output.secret(row.values["GROUPNAME"]) if TOKEN.fullmatch(row.values["GROUPNAME"]) else None,
            )
        )
    return State(snmp_groups=known(found))


def _view(text: str) -> str:
    return "" if text.startswith("<no") else text.strip()


_COMMUNITY = re.compile(r"Community SecurityName: (\S+)")


def communities(output: Output) -> State:
    """`show snmp community`: names are masked, their number and fingerprints are what remains."""
    output.require(_COMMUNITY, "'Community SecurityName'")
    found = [Community(secret=output.secret(match[1]), source=source) for match, source in output.find(_COMMUNITY)]
    return State(communities=known(found))


_ADDRESS_LINE = re.compile(r"\s*Server address:")


def servers(output: Output) -> State:
    """`show tacacs`: the servers that are asked."""
    found = []
    for row in rows("cisco_ios_show_tacacs", output):
        address = output.within(row, _ADDRESS_LINE)
        lines = tuple(dict.fromkeys((row.source, address))) if address is not None else (row.source,)
        name = row.values["TACACS_SERVER_NAME"].strip(" -:")
        found.append(AaaServer("tacacs+", row.values["TACACS_SERVER"], lines, name=name))
    return State(servers=known(found))


_IOX = re.compile(r"IOx service \(CAF\)\s*(?:\S+\s*)?:\s*(?P<state>Not Running|Running)")


def iox(output: Output) -> State:
    """`show iox[-service]`: whether the framework for containers runs."""
    found = output.first(_IOX)
    if found is None:
        raise FormatError("no 'IOx service (CAF)'")
    return State(container_host=Known(found[0]["state"] == "Running", (found[1],)))


_APPS = re.compile(r"App id\s+State")
_APP = re.compile(r"(?P<name>[\w.-]+)\s+(?P<state>[A-Z][A-Z_-]*)\s*$")


def apps(output: Output) -> State:
    """`show app-hosting list`."""
    if output.first(_APPS) is None and output.first(re.compile(r"\s*No App found")) is None:
        raise FormatError("no head of the table of applications")
    found = [
        ContainerApp(
            match["name"], (source,), guest_shell=match["name"] == "guestshell", started=match["state"] == "RUNNING"
        )
        for match, source in output.find(_APP)
    ]
    return State(apps=known(found))


_LOG = re.compile(r"Syslog logging: (?P<state>enabled|disabled)(?: \((?P<dropped>\d+) messages dropped)?")
_KEPT = re.compile(r"\s*Buffer logging:\s+(?:level \S+, (?P<kept>\d+) messages logged|disabled)")
_SENT = re.compile(r"\s*Logging to (?P<host>[\w.:]+)")


_BUFFER = re.compile(r"Log Buffer \((?P<size>\d+) bytes\):")
_LEVEL = re.compile(r"\s*Buffer logging:\s+level (?P<level>\w+)")
_BOOT = re.compile(r".*(?:%SYS-5-RESTART|%SYS-6-BOOTTIME|%SYS-5-RELOAD|System (?:re)?started|Cisco IOS Software)")
_KEEPS_BOOT = ("debugging", "informational", "notifications")
"""%SYS-5-RESTART is a notification."""
_FIRST = 40
"""Messages among which those of a boot are looked for: interfaces come up before the system says that it started."""


def _buffer(output: Output) -> Setting[LogBuffer]:
    head, level = output.first(_BUFFER), output.first(_LEVEL)
    if head is None or level is None:
        return Unknown(Code.STATE, "the output shows no buffer of messages")
    start = head[1].line
    lines = [(index, line) for index, line in enumerate(output.lines) if index >= start and line.strip()]
    used = sum(len(line) + 1 for _, line in lines)
    return Known(
        LogBuffer(
            messages=len(lines),
            full=used * 4 > int(head[0]["size"]) * 3,
            from_boot=any(_BOOT.match(line) for _, line in lines[:_FIRST]),
            keeps_boot=level[0]["level"] in _KEEPS_BOOT,
            sources=(level[1], head[1], *(output.at(index) for index, _ in lines[:1])),
        ),
        (head[1],),
    )


_LOGIN = re.compile(
    r".*%SEC_LOGIN-5-LOGIN_SUCCESS: Login Success \[user: (?P<user>[^\]]*)\] \[Source: (?P<from>[^\]]*)\](?: \[localport: (?P<port>\d+)\])?"
)


def _logins(output: Output) -> Setting[tuple[Session, ...]]:
    """Logins that the log tells of (`login on-success log`)."""
    return known(
        [
            Session(match["user"], f"port {match['port'] or 'not written'}", source, address=match["from"])
            for match, source in output.find(_LOGIN)
        ]
    )


def log(output: Output) -> State:
    """`show logging`: whether messages are written at all, how many were dropped, and where they are sent."""
    head = output.first(_LOG)
    if head is None:
        raise FormatError("no 'Syslog logging:'")
    kept = output.first(_KEPT)
    hosts = output.find(_SENT)
    return State(
        login_records=_logins(output),
        log=Known(
            LogState(
                enabled=head[0]["state"] == "enabled",
                source=head[1],
                dropped=int(head[0]["dropped"] or 0),
                kept=int(kept[0]["kept"]) if kept and kept[0]["kept"] else None,
                hosts=tuple(match["host"] for match, _ in hosts),
                sources=tuple(source for _, source in hosts),
                buffer=_buffer(output),
            ),
            (head[1],),
        ),
    )


_MESSAGE = re.compile(
    r".*?%(?P<code>SYS-5-CONFIG_I|SYS-5-CONFIG_P|SEC_LOGIN-5-WEBLOGIN_SUCCESS|WEBUI-6-INSTALL_OPERATION_INFO): (?P<text>.*?)\s*$"
)
_BY_HAND = re.compile(r"Configured from \S+ by (?:(?P<user>\S+) on )?\S+(?: \((?P<address>[^)]+)\))?")
_BY_PROCESS = re.compile(r"Configured programmatically by process \S.*? from .*? as (?P<user>\S+) on \S+")
_BY_WEB = re.compile(r".*\[user: (?P<user>[^\]]*)\](?: \[Source: (?P<address>[^\]]*)\])?")
_BY_INSTALL = re.compile(r"User: (?P<user>[^,\s]+)")
_AUTHORS = (_BY_HAND, _BY_PROCESS, _BY_WEB, _BY_INSTALL)


def messages(output: Output) -> State:
    """`show logging`: messages that tell who changed the configuration, came in by the web, or installed a package."""
    head = output.first(_LOG)
    if head is None:
        raise FormatError("no 'Syslog logging:'")
    found = []
    for match, source in output.find(_MESSAGE):
        author = next((one for form in _AUTHORS if (one := form.match(match["text"]))), None)
        named = author.groupdict() if author else {}
        found.append(
            LogMessage(
                match["code"], match["text"], source, user=named.get("user") or "", address=named.get("address") or ""
            )
        )
    return State(messages=known(found))


def log_with_messages(output: Output) -> State:
    """`show logging`: the log as it is, the logins it tells of, and the messages in it that are asked for."""
    seen = log(output)
    return State(log=seen.log, login_records=seen.login_records, messages=messages(output).messages)


_SSH = re.compile(r"SSH (?P<state>Enabled|Disabled)(?: - version (?P<version>[\d.]+))?")
_LISTS = {
    "Encryption Algorithms": "encryption",
    "MAC Algorithms": "mac",
    "KEX Algorithms": "kex",
    "Hostkey Algorithms": "hostkey",
}
_LIST = re.compile(r"(?P<kind>Encryption|MAC|KEX|Hostkey) Algorithms:\s*(?P<names>\S.*)$")
_DH = re.compile(r"Minimum expected Diffie Hellman key size : (\d+) bits")


def ssh(output: Output) -> State:
    """`show ip ssh`: versions, and every algorithm that is offered."""
    head = output.first(_SSH)
    if head is None:
        raise FormatError("no 'SSH Enabled' or 'SSH Disabled'")
    bits = output.first(_DH)
    server = SshServer(
        version1=Known(head[0]["version"] in ("1.5", "1.99"), (head[1],)),
        algorithms=tuple(
            Algorithms(_LISTS[f"{match['kind']} Algorithms"], tuple(match["names"].split(",")), source)
            for match, source in output.find(_LIST)
        ),
        dh_bits=Known(int(bits[0][1]), (bits[1],)) if bits else None,
    )
    service = Service(ServiceKind.SSH, Known(head[0]["state"] == "Enabled", (head[1],)), sources=(head[1],))
    return State(ssh=Known(server, (head[1],)), services=Known((service,), (head[1],)))


_HTTP = re.compile(r"HTTP (?P<secure>secure )?server status: (?P<state>Enabled|Disabled)")
_HTTP_PORT = re.compile(r"HTTP (?P<secure>secure )?server port: (?P<port>\d+)")
_EXTRA = re.compile(r"HTTP server active supplementary listener ports: (?P<ports>[\d, ]+)")


def web(output: Output) -> State:
    """`show ip http server {all|status}`: both web servers, and the ports that they answer on beside their own."""
    states = output.find(_HTTP)
    if not states:
        raise FormatError("no 'HTTP server status:'")
    ports = {bool(match["secure"]): int(match["port"]) for match, _ in output.find(_HTTP_PORT)}
    extra = output.first(_EXTRA)
    found = []
    for match, source in states:
        secure, on = bool(match["secure"]), match["state"] == "Enabled"
        found.append(
            Service(
                ServiceKind.HTTPS if secure else ServiceKind.HTTP,
                Known(on, (source,)),
                sources=(source,),
                port=ports.get(secure),
                tls=Known(secure),
                objects=tuple(extra[0]["ports"].replace(",", " ").split()) if extra and not secure else (),
            )
        )
    return State(services=known(found))


_ALIASES = re.compile(r"(?P<mode>\S.*?) mode aliases:\s*$")
_ALIAS = re.compile(r"  (?P<name>\S+)\s+(?P<command>\S.*?)\s*$")


def aliases(output: Output) -> State:
    """`show aliases`: those of the vendor included."""
    output.require(_ALIASES, "'mode aliases:'")
    found, mode = [], ""
    for index, line in enumerate(output.lines):
        if head := _ALIASES.match(line):
            mode = head["mode"].lower()
        elif mode and (match := _ALIAS.match(line)):
            found.append(Alias(match["name"], match["command"], output.at(index), mode))
    return State(aliases=known(found))


_NEIGHBOR_HEADS = re.compile(
    r"\s*(?:Device ID|Entry address|Local Intf|Chassis id|Total (?:cdp|CDP) entries|Total entries displayed)"
)
_NO_NEIGHBOR = re.compile(r"\s*Total (?:(?:cdp|CDP) )?entries displayed\s*:\s*0\s*$")


def _neighbors(template: str, protocol: str) -> OutputReader:
    def read(output: Output) -> State:
        refuse_silence(output)
        output.require(_NEIGHBOR_HEADS, "neighbour, nor a count of them,")
        if output.first(_NO_NEIGHBOR) is not None:
            return State(neighbors=known([]))
        found = [
            Neighbor(
                protocol,
                row.values["NEIGHBOR_NAME"],
                row.source,
                address=row.values["MGMT_ADDRESS"],
                local_interface=row.values["LOCAL_INTERFACE"],
                remote_interface=row.values["NEIGHBOR_INTERFACE"],
                model=row.values["PLATFORM"].strip(),
            )
            for row in rows(template, output)
        ]
        return State(neighbors=known(found))

    return OutputReader(("neighbors",), read)


_PROCESSES = re.compile(r"\s*PID\s+Runtime\s?\(ms\)\s+Invoked\s+uSecs\s+5Sec\s+1Min\s+5Min\s+TTY\s+Process")
_PROCESS = re.compile(r"\s*(?P<pid>\d+)\s+\d+\s+\d+\s+\d+\s+(?:[\d.]+%\s+){3}\d+\s+(?P<name>\S.*?)\s*$")


def processes(output: Output) -> State:
    """`show processes cpu`."""
    output.require(_PROCESSES, "head of the table of processes")
    found = [Process(match["name"], source, pid=match["pid"]) for match, source in output.find(_PROCESS)]
    if not found:
        raise FormatError("no process in the output")
    return State(processes=known(found))


_SMART = re.compile(r"\s*Role: (?P<role>.*?)\s*$")


def smart_install(output: Output) -> State:
    """`show vstack config`: the role says whether the client answers."""
    found = output.first(_SMART)
    if found is None:
        raise FormatError("no 'Role:'")
    on = "SmartInstall enabled" in found[0]["role"] or found[0]["role"].startswith("Director")
    return State(
        services=Known((Service(ServiceKind.SMART_INSTALL, Known(on, (found[1],)), sources=(found[1],)),), (found[1],))
    )


_INSECURE_HEAD = re.compile(r"\s*ACTIVE INSECURE CONFIGURATION DATABASE")
_INSECURE = re.compile(r"\|?\s*CLI Command: (.*?)\s*$")


def insecure(output: Output) -> State:
    """`show system insecure configuration` (IOS-XE 26): what the device itself calls insecure."""
    output.require(_INSECURE_HEAD, "'ACTIVE INSECURE CONFIGURATION DATABASE'")
    found = tuple(source for _, source in output.find(_INSECURE))
    return State(insecure=Known(found, found))


_BOOT_VARIABLES = re.compile(
    r"\s*(?:Current Boot Variables|BOOT variable|BOOT path-list|Boot Variables on next reload)"
)
_DEVELOPMENT = re.compile(r"\s*Allow Dev Key\s*[:=]\s*(?P<state>yes|no)\b", re.IGNORECASE)


def boot(output: Output) -> State:
    """`show boot` of Catalyst switches: whether images with the vendor's development keys start (form of genie)."""
    output.require(_BOOT_VARIABLES, "boot variable")
    found = []
    for match, source in output.find(_DEVELOPMENT):
        good = Known(match["state"].lower() == "no", (source,))
        found.append(IntegrityResult("development keys", good, source, said="off" if good.value else "allowed"))
    return State(secure_boot=known(found))


_DIGEST = re.compile(r"verify /(?P<kind>sha512|md5) \((?P<path>[^)]+)\) = (?P<digest>[0-9a-fA-F]+)\s*$")
_REST = re.compile(r"(?P<digest>[0-9a-fA-F]+)\s*$")
_DIGEST_LENGTHS = {"sha512": 128, "md5": 32}


def digests(output: Output) -> State:
    """`verify /sha512 FILE`: the digest, which long lines break in two (Cisco's forensic guide of IOS XE)."""
    found = []
    for match, source in output.find(_DIGEST):
        digest, index = match["digest"], source.line
        while len(digest) < _DIGEST_LENGTHS[match["kind"]] and index < len(output.lines):
            rest = _REST.match(output.lines[index])
            if rest is None:
                break
            digest, index = digest + rest["digest"], index + 1
        if len(digest) != _DIGEST_LENGTHS[match["kind"]]:
            raise FormatError(f"a digest of {len(digest)} digits is not whole")
        found.append(StoredFile(match["path"], source, digest=digest.lower()))
    if not found:
        raise FormatError("no 'verify /sha512 (FILE) = ...'")
    return State(digests=known(found))


RULES = MaskRules(
    triggers=(*CONFIGURATION_RULES.triggers, "community ", "groupname"),
    rules=(
        *CONFIGURATION_RULES.rules,
        MaskRule(
            re.compile(r"Community (?:name|SecurityName): (?P<value>\S+)"),
            lambda _form, _value: ("plain text", Strength.PLAIN),
        ),
        MaskRule(
            # The agent names a group after each community; ILMI is one that it makes by itself (Cisco advisory
            # cisco-sa-20010227-ios-snmp-ilmi).
            re.compile(r"\s*groupname:\s*(?!ILMI\s)(?P<value>\S+)\s+security model:v(?:1|2c)\b"),
            lambda _form, _value: ("plain text", Strength.PLAIN),
        ),
    ),
)
"""Secrets in outputs: those of configuration lines that are quoted in logs, and communities."""

READERS: dict[str, OutputReader] = {
    "show version": OutputReader(("release", "restart"), release),
    "show users": OutputReader(("sessions",), sessions),
    "show tcp brief all": OutputReader(("listeners", "connections"), tcp),
    "show control-plane host open-ports": OutputReader(("listeners",), open_ports),
    "dir /recursive all-filesystems": OutputReader(listings.TOPICS, stored),
    "show archive log config all": OutputReader(("changes",), changes),
    "show monitor session all": OutputReader(("mirrors",), mirrors),
    "show monitor capture": OutputReader(("captures",), captures),
    "show snmp user": OutputReader(("snmp_users",), snmp_users),
    "show snmp group": OutputReader(("snmp_groups",), snmp_groups),
    "show snmp community": OutputReader(("communities",), communities),
    "show tacacs": OutputReader(("servers",), servers),
    "show iox": OutputReader(("container_host",), iox),
    "show app-hosting list": OutputReader(("apps",), apps),
    "show logging": OutputReader(("log", "login_records", "messages"), log_with_messages),
    "show ip ssh": OutputReader(("ssh", "services"), ssh, public=True),
    "show ip http server all": OutputReader(("services",), web),
    "show vstack config": OutputReader(("services",), smart_install),
    "show aliases": OutputReader(("aliases",), aliases),
    "show cdp neighbors detail": _neighbors("cisco_ios_show_cdp_neighbors_detail", "cdp"),
    "show lldp neighbors detail": _neighbors("cisco_ios_show_lldp_neighbors_detail", "lldp"),
    "show processes cpu": OutputReader(("processes",), processes),
    "show event manager policy registered": OutputReader(("policies",), policies),
    "show system insecure configuration": OutputReader(("insecure",), insecure),
    "verify /sha512 ": OutputReader(("digests",), digests, public=True),
    "show boot": OutputReader(("secure_boot",), boot),
    "show software authenticity running": SIGNATURES,
    "show software authenticity keys": SIGNING_KEYS,
    "show platform software process memory rp active name iosd smaps": MEMORY,
    "show platform software process memory switch active rp active name iosd smaps": MEMORY,
}

OUTPUTS = OutputSet(READERS, RULES)
"""The outputs that are understood, by command."""
