"""What an absent statement means on IOS XR. Where references leave it open or disagree, nothing is claimed here.

Nothing is claimed for the SSH server, for `exec-timeout` and for `ipv4 source-route`: the references are not sure of
the first two, and the guides and the models contradict each other on the last (syntax-ios-family B.4, F.3).
"""

from auditor.platforms.common.defaults import Default, DefaultTable

_SERVICES = "syntax-ios-family B.4 and F.1, after the IOS XR um and cfg YANG models (github.com/YangModels/yang, vendor/cisco/xr/2611)"
_INTERFACES = "syntax-ios-family B.12, presence containers of the IOS XR YANG models (github.com/YangModels/yang, vendor/cisco/xr/2611)"
_SNMP = "syntax-ios-family B.5 and F.1"
_LPTS = "syntax-ios-family B.8: LPTS polices every flow to the processors by itself"

TABLE = DefaultTable(
    (
        Default("telnet vrf V ipv4 server", False, _SERVICES),
        Default("http server", False, "syntax-ios-family F.1"),
        Default("netconf-yang agent ssh", False, _SERVICES),
        Default("grpc", False, _SERVICES),
        Default("grpc tls", True, _SERVICES, since=(26, 1)),
        Default("xml agent", False, _SERVICES),
        Default("tftp vrf V ipv4 server", False, _SERVICES),
        Default("service ipv4 tcp-small-servers", False, _SERVICES),
        Default("ssh server port-forwarding local", False, _SERVICES),
        Default("ssh server v1", False, _SERVICES, since=(25, 3, 1)),
        Default("absolute-timeout", 0, _SERVICES),
        Default(
            "aaa password-policy",
            False,
            "syntax-ios-family B.2; Cisco, System Security Command Reference for NCS 5000, aaa password-policy: none by default"
            ", and failed logins are counted by one alone",
        ),
        Default("snmp-server", False, _SNMP),
        Default("cdp", False, _INTERFACES),
        Default("lldp", False, _INTERFACES),
        Default("ipv4 redirects", False, _INTERFACES),
        Default("ipv4 unreachables disable", True, _INTERFACES),
        Default("proxy-arp", False, _INTERFACES),
        Default("ipv4 directed-broadcast", False, _INTERFACES),
        Default("ipv4 verify unicast source", "", _INTERFACES),
        Default("lpts pifib hardware police", True, _LPTS),
        Default("appmgr", False, "syntax-ios-family B.10 and F.1: containers are off"),
        Default("service timestamps", True, "syntax-ios-family B.9"),
        Default("logging buffered", True, "syntax-ios-family B.9: the buffer is on, 2097152 bytes in captures"),
        Default("commit history", True, "syntax-ios-family B.9: every commit is recorded with its user and line"),
    )
)
