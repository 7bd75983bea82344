"""What holds where no line says it, each with the source it was read in."""

VTY_PORTS: dict[str, int] = {
    "zebra": 2601, "ripd": 2602, "ripngd": 2603, "ospfd": 2604, "bgpd": 2605, "ospf6d": 2606, "isisd": 2608, "babeld": 2609,
    "nhrpd": 2610, "pimd": 2611, "ldpd": 2612, "eigrpd": 2613, "sharpd": 2614, "pbrd": 2615, "staticd": 2616, "bfdd": 2617,
    "fabricd": 2618, "vrrpd": 2619, "pathd": 2621, "pim6d": 2622, "mgmtd": 2623,
}  # fmt: skip
"""TCP ports of the daemons' command lines: FRR lib/libfrr.h. watchfrr has none (FRR_NO_TCPVTY)."""

ALWAYS = ("zebra", "staticd")
"""Started whatever the file says: tools/frrcommon.sh.in, function daemon_list."""

MGMTD_SINCE = 9
"""mgmtd joins the daemons that are always started in branch stable/9.0 and is not in stable/8.5 (frrcommon.sh.in)."""

ALL_ADDRESSES = "without -A a daemon listens on all IPv4 and IPv6 addresses (FRR lib/vty.c, vty_serv_sock_addrinfo)"

UNDEFINED_LIST = "a list that is not defined refuses nobody on the VTY (FRR lib/vty.c, vty_accept)"

NO_SYSLOG = (
    "without 'log syslog' FRR sends nothing to syslog (FRR user guide, Basic Commands; packaged frr.conf of Debian 12)"
)

SSH_PORT = "sshd_config(5), OpenSSH 9.2: Port defaults to 22"

SSH_PASSWORDS = "sshd_config(5), OpenSSH 9.2: PasswordAuthentication and KbdInteractiveAuthentication default to yes"

NO_INTERCEPT = "FRR has no lawful-intercept MIB (syntax-ios-family E.14)"

GRPC = "the gRPC module serves all addresses without encryption (FRR lib/northbound_grpc.cpp)"

CLEAR = "without 'service password-encryption' passwords stand in clear (FRR lib/command.c; syntax-ios-family E.2)"
