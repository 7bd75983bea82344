"""The lab's services are what they are meant to be: real software, reached over the lab network."""

from __future__ import annotations

import asyncio
import socket

import asyncssh
import pytest

from tests.lab.conftest import Lab, LabDevice

pytestmark = pytest.mark.lab

SYS_NAME = "1.3.6.1.2.1.1.5.0"
IP_FORWARDING = "1.3.6.1.2.1.4.1.0"
WEAK = {"kex_algs": ["diffie-hellman-group1-sha1"], "encryption_algs": ["3des-cbc"], "mac_algs": ["hmac-md5"]}


def snmp(lab: Lab, oid: str, *words: str, tool: str = "snmpget") -> str:
    """What Net-SNMP prints for an OID, asked from inside the lab network."""
    try:
        return lab.devices["snmp"].run(tool, "-t", "2", "-r", "1", *words, lab.devices["snmp"].address, oid).strip()
    except RuntimeError as error:
        return str(error)


def user(name: str, authentication: str, privacy: str, password: str) -> tuple[str, ...]:
    return ("-v3", "-l", "authPriv", "-u", name, "-a", authentication, "-A", password, "-x", privacy, "-X", password)


def test_snmp_views_decide_what_is_shown(lab: Lab) -> None:
    limited = [
        ("-v1", "-c", "lab-v1"),
        ("-v2c", "-c", "lab-v2c"),
        user("lablimited", "MD5", "DES", lab.password),
    ]
    for words in limited:
        assert snmp(lab, SYS_NAME, *words).endswith('STRING: "snmp"'), words
        assert "INTEGER" not in snmp(lab, IP_FORWARDING, *words), words
    full = user("labfull", "SHA", "AES", lab.password)
    assert snmp(lab, SYS_NAME, *full).endswith('STRING: "snmp"')
    assert "INTEGER" in snmp(lab, IP_FORWARDING, *full)


def test_snmp_refuses_wrong_words_and_every_write(lab: Lab) -> None:
    assert "Timeout" in snmp(lab, SYS_NAME, "-v2c", "-c", "lab-v1")
    write = snmp(lab, "1.3.6.1.2.1.1.6.0", *user("labfull", "SHA", "AES", lab.password), tool="snmpset")
    assert "STRING" not in write


def test_open_vswitch_mirrors_into_a_tunnel(lab: Lab) -> None:
    ovs = lab.devices["ovs"]
    mirror = ovs.run("ovs-vsctl", "--format=csv", "--columns=name,output_port", "list", "mirror")
    gre = ovs.run("ovs-vsctl", "get", "port", "gre7", "_uuid").strip()
    assert f"up7,{gre}" in mirror
    options = ovs.run("ovs-vsctl", "get", "interface", "erspan7", "type", "options")
    assert "erspan" in options
    assert 'remote_ip="203.0.113.77"' in options


def test_the_ggsn_answers_an_echo(lab: Lab) -> None:
    request = bytes.fromhex("32010004000000000001000000")[:12]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        link.settimeout(5)
        link.sendto(request, (lab.devices["ggsn"].address, 2123))
        reply, _ = link.recvfrom(512)
    assert reply[1] == 2, "an echo response (3GPP TS 29.060, 7.2.2)"


def test_bird_waits_for_routers(lab: Lab) -> None:
    assert "Daemon is up and running" in lab.devices["bird"].run("birdc", "show", "status")
    with socket.create_connection((lab.devices["bird"].address, 179), timeout=5):
        pass


def test_radius_tells_right_from_wrong(lab: Lab) -> None:
    radius = lab.devices["radius"]
    for password, answer in ((lab.password, "Access-Accept"), ("wrong", "Access-Reject")):
        command = (
            f"echo User-Name=auditor,User-Password={password} | radclient -x 127.0.0.1 auth lab-radius-secret; true"
        )
        assert answer in radius.run("sh", "-c", command)


def test_the_jump_host_leads_to_routers_and_nowhere_else(lab: Lab) -> None:
    async def through(target: LabDevice, port: int) -> str:
        options = {"known_hosts": None, "username": lab.user, "password": lab.password, "connect_timeout": 10}
        async with (
            asyncssh.connect(lab.devices["jump"].address, **options) as jump,
            jump.connect_ssh(target.address, port, **options) as router,
        ):
            return str((await router.run("vtysh -c 'show version'")).stdout)

    assert "FRRouting" in asyncio.run(through(lab.sound, 22))
    with pytest.raises(asyncssh.ChannelOpenError):
        asyncio.run(through(lab.devices["bird"], 179))


def test_the_old_server_offers_old_algorithms_only(lab: Lab) -> None:
    async def login(**algorithms: list[str]) -> str:
        options = {"known_hosts": None, "username": lab.user, "password": lab.password, "connect_timeout": 10}
        async with asyncssh.connect(
            lab.devices["weak-ssh"].address, server_host_key_algs=["ssh-rsa"], **options, **algorithms
        ) as link:
            return str((await link.run("echo in")).stdout)

    assert asyncio.run(login(**WEAK)) == "in\n"
    # Both ends see that they have no algorithm in common: whoever is first hangs up.
    with pytest.raises((asyncssh.KeyExchangeFailed, asyncssh.ConnectionLost)):
        asyncio.run(login(kex_algs=["curve25519-sha256"]))
