"""Lines of IOS configurations that do not matter to any area, and the area that an unread line belongs to."""

import re

from auditor.model.areas import Area
from auditor.platforms.common.reader import LineTable, any_of

_IRRELEVANT: dict[str, tuple[str, ...]] = {
    "frame of the capture": (
        "Building configuration",
        "Current configuration",
        "Using \\d+ out of",
        "version ",
        "end$",
        "exit$",
        "exit-\\S+$",
        "(.*\\n)+exit(-\\S+)?$",
        "boot-(start|end)-marker",
        "hostname ",
    ),
    "display, timestamps and hardware housekeeping": (
        "(no )?service (timestamps|compress|counters|sequence|tcp-keepalives|linenumber|nagle|unsupported|internal|pad)",
        "license ",
        "diagnostic ",
        "memory",
        "platform (punt|qfp|console|hardware|sudi|tcam)",
        "subscriber templating",
        "multilink bundle-name",
        "redundancy",
        "transceiver ",
        "power ",
        "hw-module",
        "card ",
        "controller ",
        "clock ",
        "sdm prefer",
        "system mtu",
        "switch \\d+ ",
        "stack-",
        "scheduler ",
        "mac address-table",
    ),
    "layer 2 that carries no management": (
        "(no )?spanning-tree ",
        "vlan \\d",
        "(no )?errdisable ",
        "(no )?udld",
        "(no )?lacp ",
        "port-channel ",
        "interface .*\\n(no )?(switchport|spanning-tree|channel-group|storm-control|duplex|speed|negotiation|mtu"
        "|media-type|load-interval|bandwidth|delay|encapsulation|keepalive|carrier-delay|service instance|dampening"
        "|hold-queue|queue|fair-queue|priority-queue|service-policy|mls qos|trust|auto qos|snmp trap|logging event"
        "|snmp ifindex|lacp|udld|l2protocol|ip address$|ipv6 nd|ip (mtu|tcp adjust|load-sharing))",
    ),
    "names and texts": (
        "(no )?ip domain[ -]",
        "ip name-server",
        "banner ",
        "interface .*\\ndescription ",
        "snmp-server (location|contact|chassis-id|ifindex|engineID|queue|packetsize|trap link|enable traps"
        "|trap-source|source-interface|cache|inform|context|tcp-connection)",
        "no snmp-server \\S",
        "snmp-server$",
        "snmp-server (aaa-user|ifmib|logging|manager|max-ifindex|overload|priority|protocol|system-shutdown|tcp-session"
        "|tftp-server-list|file-transfer|trap-?timeout|traps |enable |vrf |drop )",
        "snmp ifmib",
        "snmp mib ",
    ),
    "forwarding switches": (
        "(no )?ip (cef|classless|subnet-zero|routing|forward-protocol|multicast-routing)",
        "(no )?ipv6 (unicast-routing|cef)",
    ),
    "how a line behaves once somebody is in": (
        "line .*\\n(no )?(exec-timeout|session-timeout|absolute-timeout|logging synchronous|length|width|stopbits|speed"
        "|history|flowcontrol|transport (output|preferred)|notify|escape-character|activation-character|location"
        "|databits|parity|modem|exec-character-bits|editing|buffer-length|hold-character|stop-character"
        "|start-character|privilege level|exec$|authorization|accounting|monitor|usb-inactivity|vacant-message|rotary)",
    ),
    "how logs are written and kept on the device": (
        "(no )?logging (buffered|console|monitor|trap|source-interface|facility|origin-id|rate-limit|userinfo|event"
        "|history|count|exception|snmp|message-counter|persistent|alarm|buginf|synchronous|server-arp|cns|esm)",
    ),
    "how a client on the device speaks": ("(no )?ip telnet (tos|source-interface|quiet|hidden|comport|timeout)",),
    "how a server is spoken to": (
        "aaa (session-id|new-model)",
        "no aaa new-model",
        "aaa group server .*\\n",
        "(no )?(tacacs|radius)-server ",
        "ip (tacacs|radius) source-interface",
        "aaa authentication login (banner|fail-message|password-prompt)",
        "aaa authentication (username-prompt|password-prompt|attempts|suppress|policy|privilege-mode|banner|fail-message)",
        "aaa authentication (ppp|dot1x|enable|arap|nasi|include|sgbp|token)",
        "no aaa authentication login invalid",
    ),
    "how SSH and the web server behave, not who reaches them": (
        "(no )?ip ssh (version|time-out|authentication-retries|source-interface|logging|dh|server algorithm|client"
        "|rsa|maxstartups|stricthostkeycheck|bulk-mode|window-size|rekey|break-string)",
        "(no )?ip http (authentication|secure|max-connections|timeout-policy|client|path|active-session|tls-version"
        "|session-module|port|banner|digest|help-path)",
    ),
}

TABLE = LineTable(
    irrelevant=any_of(pattern for patterns in _IRRELEVANT.values() for pattern in patterns),
    areas=(
        (re.compile(r"(no )?(user-?name |enable )"), Area.ACCOUNTS),
        (re.compile(r"(no )?(aaa (new-model|authentication login|group server)|tacacs|radius)"), Area.AAA),
        (re.compile(r"(default )?line |transport-map|transport type"), Area.ACCESS),
        (re.compile(r"(no )?(ip http|ip ssh(?! pubkey-chain)|ip telnet|vstack)"), Area.SERVICES),
        (re.compile(r"(no )?snmp-server"), Area.SNMP),
        (re.compile(r"(no )?(monitor session|ip traffic-export)"), Area.MIRRORS),
        (re.compile(r"(no )?(access-list|ip access-list|ipv6 access-list)"), Area.ACLS),
        (re.compile(r"(no )?logging"), Area.LOGGING),
        (re.compile(r"(no )?event manager (applet|policy)"), Area.SCRIPTS),
        (re.compile(r"(no )?(iox|app-hosting|virtual-service|guestshell)"), Area.CONTAINERS),
        (re.compile(r"interface [Tt]unnel.*\ntunnel (source|destination|mode)"), Area.TUNNELS),
        (re.compile(r"(no )?(ip|ipv6) route\b"), Area.ROUTES),
        (re.compile(r"(no )?ip local policy|interface .*\nip policy"), Area.REDIRECTION),
    ),
)
