"""What an absent line means, by release: cited claims, and nothing where the references leave it open.

The key of a claim is the statement. Where the key is no statement of its own (`ntp`), its absence means that no
statement of the kind stands anywhere. Sources in the citations are those of the reference's section 0.4.
"""

from auditor.platforms.common.defaults import Default, DefaultTable

_A = "syntax-ios-family A."

_COMMON = (
    Default("aaa new-model", False, _A + "3 (printed as 'no aaa new-model' where it is off; LV)"),
    Default("service password-encryption", False, _A + "2 (LV, YXE26)"),
    Default("login block-for", False, _A + "2 (YXE: no blocking, no delay, no lockout)"),
    Default("exec-timeout", 600, _A + "4, F.1 (YXE; 12.0 command reference)"),
    Default("tty transport input", "", _A + "4 (tty, aux and console lines accept nothing since 11.1; TRI)"),
    Default("ip ssh server algorithm authentication", True, _A + "2 (every method is accepted; YXE, GP)"),
    Default("ip scp server enable", False, _A + "4 (YXE)"),
    Default("tftp-server", False, _A + "4 (YXE)"),
    Default("ip rcmd", False, _A + "4 (YXE, YXE26)"),
    Default("netconf ssh", False, _A + "4 (PUB)"),
    Default("wsma agent", False, _A + "4 (YXE, BF)"),
    Default("cns", False, _A + "4 (BF)"),
    Default("ip finger", False, _A + "4 (NIP)", since=(12, 1)),
    Default("small-servers", False, _A + "4 (NIP)", since=(12, 0)),
    Default("ip identd", False, _A + "4 (CIS)"),
    Default("ip dhcp pool", False, _A + "4 (a server without a pool hands out nothing)"),
    Default("snmp-server enable traps", False, _A + "5 (YXE)"),
    Default("archive log config", False, _A + "9 (YXE, GP)"),
    Default("ntp", False, _A + "9 (answers on all interfaces once NTP runs, and only then; BF)"),
    Default("service config", False, _A + "4 (CFR, NIP, YXE)"),
    Default("service password-recovery", True, _A + "11 (YXE)"),
    Default("file verify auto", False, _A + "11 (CFR)"),
    Default("lldp run", False, _A + "12 (YXE)"),
    Default("ip domain lookup", True, _A + "4 (LV)"),
    Default("ip redirects", True, _A + "12 (YXE, NIP)"),
    Default("ip unreachables", True, _A + "12 (YXE, NIP)"),
    Default("ip proxy-arp", True, _A + "12 (YXE)"),
    Default("ip directed-broadcast", False, _A + "12 (NIP, YXE)", since=(12, 0)),
    Default("control-plane service-policy", False, _A + "8 (policies are bound by a printed line; YXE, BF)"),
)

CLASSIC = DefaultTable(
    (
        *_COMMON,
        Default("transport output", "telnet", _A + "4 (TRI)"),
        Default("ip ssh version", True, _A + "4 (both versions are offered; YXE)"),
        Default("ip source-route", True, _A + "4 (CIS, NIP)"),
        Default("ip bootp server", True, _A + "4 (CIS)"),
        Default("mop enabled", True, _A + "4 (LV, NIP)"),
        Default("cdp run", True, _A + "12, F.1 (YXE)"),
        Default("login on-success log", False, _A + "2 (GLB)"),
    )
)
"""Classic IOS prints both states of `ip http server`; an absent line is unknown (threats.md, webui-http-enabled)."""

_HTTP = "Cisco-IOS-XE-http YANG model, default true since 17.18.1 (github.com/YangModels/yang, vendor/cisco/xe/17181)"

XE = DefaultTable(
    (
        *_COMMON,
        Default("security passwords min-length", 1, _A + "2 (YXE)"),
        Default("ip http server", True, _HTTP, since=(17, 18)),
        Default("ip http secure-server", True, _HTTP, since=(17, 18)),
        Default("ip ssh version", False, _A + "4 (the model knows only version 2; YXE)", since=(17, 18)),
        Default("ip ssh dh min size", 2048, _A + "4 (YXE)", since=(17, 18)),
        Default("netconf-yang", False, _A + "4, F.1 (GP, YXE)"),
        Default("restconf", False, _A + "4, F.1 (YXE)"),
        Default("gnxi", False, _A + "4, F.1 (YXE, PLG)"),
        Default("ip bootp server", False, _A + "4 (YXE26)", since=(26, 1)),
        Default("ip source-route", True, _A + "4 (CIS)", before=(26, 1)),
        Default("ip source-route", False, _A + "4 (YXE26)", since=(26, 1)),
        Default("system mode insecure", False, _A + "4 (XE26, YXE26)", since=(26, 1)),
        Default("logging buffered", True, _A + "9 (YXE)"),
        Default("logging trap", "informational", _A + "9 (YXE, models 16.7 to 26.1)", since=(16, 7)),
        Default("platform shell", False, _A + "10, F.1 (YXE, GLB)"),
        Default("iox", False, _A + "10, F.1 (YXE, model of XE 17.18.1)"),
    )
)
"""CDP is not claimed for IOS-XE: virtual and aggregation routers print `cdp run`, which a default would not be."""
