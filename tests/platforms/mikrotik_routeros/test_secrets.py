"""Every secret position: the value is nowhere in the reading."""

from __future__ import annotations

import pytest

from auditor.model.secret import Strength
from tests.platforms.mikrotik_routeros.ros import V7, reading, v6, v7

POSITIONS = (
    "/user add group=full name=a password={}",
    "/ppp secret add name=u password={} service=l2tp",
    "/ppp l2tp-secret add address=1.2.3.4 secret={}",
    "/radius add address=192.0.2.1 secret={} service=login",
    "/snmp community add name={} addresses=::/0",
    "/snmp community set [ find default=yes ] name={}",
    '/snmp community add authentication-password={} encryption-password="{}" name=v3 security=private',
    "/snmp set trap-community={} trap-target=192.0.2.1 enabled=yes",
    '/interface wireguard add name=w private-key="{}"',
    '/interface wireguard peers add interface=w preshared-key="{}" public-key="AA="',
    "/interface l2tp-client add connect-to=192.0.2.1 name=l ipsec-secret={} password={} user=u",
    "/interface gre add name=g remote-address=192.0.2.1 ipsec-secret={}",
    "/interface sstp-client add connect-to=192.0.2.1 name=s password={} user=u",
    '/interface wireless security-profiles add name=p wpa2-pre-shared-key="{}" wpa-pre-shared-key={} mode=dynamic-keys',
    "/interface wireless security-profiles set [ find default=yes ] mschapv2-password={} static-key-0={} management-protection-key={}",
    "/interface wifi security add name=p passphrase={}",
    "/interface wifi configuration add name=c security.passphrase={}",
    "/caps-man security add name=p passphrase={}",
    '/ip ipsec identity add peer=p secret="{}"',
    "/ip ipsec peer add address=192.0.2.1/32 name=p secret={}",
    "/ip ipsec user add name=x password={}",
    "/routing bgp connection add name=p remote.address=192.0.2.1 tcp-md5-key={}",
    "/routing bgp peer add name=p remote-address=192.0.2.1 tcp-md5-key={}",
    "/routing ospf interface-template add area=a auth=md5 auth-key={}",
    "/routing ospf interface add interface=e authentication=md5 authentication-key={}",
    "/routing rip interface-template add password={} mode=passive",
    "/system ntp key add key-id=1 key={}",
    "/tool romon set enabled=yes secrets={}",
    "/tool e-mail set password={} user=u",
    "/tool sms set secret={} sim-pin={}",
    "/ip hotspot user add name=g password={}",
    "/ip smb users add name=g password={}",
    "/ip socks users add name=g password={}",
    "/tr069-client set acs-url=https://a password={} connection-request-password={}",
    "/container config set username=u password={}",
    "/container envs add key=TOKEN list=l value={}",
    "/interface vrrp add interface=e name=v authentication=simple password={} version=2",
    "/interface macsec add interface=e name=m cak={} ckn={}",
    "/interface lte apn add name=a password={}",
    "/user-manager router add name=r shared-secret={}",
    "/user-manager user add name=r password={}",
    "/certificate settings set key-passphrase={}",
    "/iot mqtt brokers add name=b password={}",
    '/zerotier set zt1 identity="{}"',
    '/system script add name=s source=":local botToken \\"{}\\"; /tool fetch url=\\"https://u:{}@192.0.2.1/x\\" password={}"',
    '/system scheduler add name=s on-event="/tool e-mail send password=\\"{}\\" to=x"',
    '/interface ethernet set [ find default-name=ether1 ] comment="password: {}"',
)


@pytest.mark.parametrize("position", POSITIONS)
def test_no_planted_value_is_left(position: str) -> None:
    count = position.count("{}")
    line = position.format(*(f"Pl4nted{number}x" for number in range(count)))
    menu, verb, rest = line.partition(" add ") if " add " in line else line.partition(" set ")
    scoped = f"{menu}\n{verb.strip()} {rest}"
    wrapped = scoped.replace("=Pl4nted", "=\\\n    Pl4nted").replace('="Pl4nted', '=\\\n    "Pl4nted')
    for text in (line, scoped, wrapped, scoped.replace("Pl4nted", "Pl4n\\\n    ted") if '"Pl4' in scoped else scoped):
        found = reading(f"{V7}{text}\n")
        assert "Pl4nted" not in repr(found), text
        assert "ted0x" not in repr(found), text


def test_plain_text_and_trivial_words() -> None:
    found = v7(
        "/snmp\nset enabled=yes\n/snmp community\nset [ find default=yes ] name=public\nadd name=Zk8 write-access=yes\n"
    )
    first, second = found.snmp.communities
    assert (first.secret.storage, first.secret.strength, first.secret.trivial) == ("plain text", Strength.PLAIN, True)
    assert not second.secret.trivial
    assert second.writable


def test_redacted_and_hidden_secrets_are_not_judged() -> None:
    (server,) = v7("/radius\nadd address=192.0.2.1 service=login\n").aaa.servers
    assert server.secret is not None and server.secret.redacted
    (peer,) = v6(
        "/ip ipsec peer\nadd address=192.0.2.1/32 name=p\n/ip ipsec identity\nadd peer=p secret=*****\n"
    ).crypto.peers
    assert peer.secret is not None and peer.secret.redacted


def test_an_empty_password_is_no_password() -> None:
    (user,) = v7('/user\nadd group=full name=admin password=""\n').accounts.users
    assert user.passwordless
    assert user.secret is None


def test_public_keys_are_shown_by_their_fingerprint() -> None:
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIH6BzPzUFq0n5k9yKj0Yj1mR1N3nXc0l1yQXo2V0cXkZ noc"
    (found,) = v7(f'/user ssh-keys\nadd key="{key}" user=admin\n').accounts.keys
    assert (found.user, found.algorithm, found.comment) == ("admin", "ssh-ed25519", "noc")
    assert found.fingerprint.startswith("SHA256:")
