"""No secret is printed, in no form and in no position; what is kept is how it is stored."""

from __future__ import annotations

import pytest

from auditor.model.secret import Strength
from tests.platforms.nokia_sros import device
from tests.platforms.nokia_sros.sros import classic, facts, flat, md, read

PLANT = "Pl4nted/Va1ue+x="
MD_LINES = [
    'system { security { user-params { local-user { user "u" { password "%s" } } } } }',
    'system { security { user-params { local-user { user "u" { snmp { authentication { authentication-key "%s" } } } } } } }',
    'system { security { user-params { local-user { user "u" { snmp { authentication { privacy { privacy-key "%s" } } } } } } } }',
    'system { security { system-passwords { admin-password "%s" } } }',
    'system { security { aaa { remote-servers { tacplus { server 1 { secret "%s" } } } } } }',
    'system { security { aaa { remote-servers { radius { server 1 { secret "%s" } } } } } }',
    'system { security { aaa { remote-servers { ldap { server 1 { bind-authentication { password "%s" } } } } } } }',
    'system { security { snmp { community "%s" { access-permissions r } } } }',
    'system { security { snmp { usm-community "%s" { group "g" } } } }',
    'system { security { keychains { keychain "k" { send { entry 1 { authentication-key "%s" } } } } } }',
    'system { security { dot1x { radius-policy "p" { server 1 { secret "%s" } } } } }',
    'system { time { ntp { authentication-key 1 { key "%s" } } } }',
    'system { bluetooth { passkey "%s" } }',
    'log { snmp-trap-group "1" { trap-target "t" { notify-community "%s" } } }',
    'python { python-script "s" { protection { hmac-sha256 "%s" } } }',
    'router "Base" { bgp { neighbor "192.0.2.1" { authentication-key "%s" } } }',
    'router "Base" { ospf 0 { area 0.0.0.0 { interface "i" { authentication-key "%s" } } } }',
    'router "Base" { ospf 0 { area 0.0.0.0 { interface "i" { message-digest-key 1 { md5 "%s" } } } } }',
    'router "Base" { isis 0 { authentication-key "%s" } }',
    'router "Base" { isis 0 { interface "i" { hello-authentication-key "%s" } } }',
    'router "Base" { ldp { tcp-session-parameters { peer-transport 192.0.2.1 { authentication-key "%s" } } } }',
    'router "Base" { rsvp { interface "i" { authentication-key "%s" } } }',
    'router "Base" { l2tp { group "g" { password "%s" } } }',
    'router "Base" { radius { server "s" { secret "%s" } } }',
    'router "Base" { interface "i" { ipv4 { vrrp 1 { authentication-key "%s" } } } }',
    'router "Base" { msdp { peer 192.0.2.1 { authentication-key "%s" } } }',
    'ipsec { static-sa "s" { authentication { key "%s" } } }',
    'ipsec { client-db "d" { client 1 { credential { pre-shared-key "%s" } } } }',
    'service { vprn "v" { interface "i" { sap tunnel-1.private:1 { ipsec-tunnel "t" { key-exchange { dynamic { pre-shared-key "%s" } } } } } } }',
    'macsec { connectivity-association "c" { static-cak { pre-shared-key 1 { cak "%s" } } } }',
    'log { encryption-key "%s" }',
    'service { vprn "v" { snmp { community "%s" { access-permissions r } } } }',
]
CLASSIC_LINES = [
    'system security user "u" password "%s" hash2',
    'system security user "u" snmp authentication hash2 md5 %s privacy none',
    'system security user "u" snmp authentication sha abcdefabcdef privacy aes-128-cfb-key %s',
    'system security password admin-password "%s" hash2',
    'system security tacplus server 1 address 192.0.2.1 secret "%s" hash2',
    'system security radius server 1 address 192.0.2.1 secret "%s"',
    'system security snmp community "%s" hash2 rw version both',
    "system security snmp community %s r version v2c",
    'system security snmp usm-community "%s" hash2 group "g"',
    'system security keychain "k" direction bi entry 0 key "%s" hash2 algorithm hmac-sha-1',
    'system time ntp authentication-key 1 key "%s" hash2 type message-digest',
    'log snmp-trap-group 1 trap-target "t" address 192.0.2.1 snmpv2c notify-community "%s"',
    'router bgp group "g" neighbor 192.0.2.1 authentication-key "%s" hash2',
    'router ospf area 0.0.0.0 interface "i" message-digest-key 1 md5 "%s" hash2',
    'router isis interface "i" hello-authentication-key "%s" hash2',
    'service vprn 1 create interface "i" create sap tunnel-1.private:1 create ipsec-tunnel "t" create dynamic-keying pre-shared-key "%s"',
    'router ldp peer-parameters peer 192.0.2.1 authentication-key "%s" hash',
    'system script-control script-policy "p" owner "o" results "ftp://user:%s@192.0.2.1/x"',
]


def blocks(line: str) -> str:
    """A nested line with a block on each line."""
    return line.replace("{ ", "{\n").replace(" }", "\n}")


def nested(line: str) -> str:
    """A classic line as a block of one statement, at every place where it may be cut."""
    return "\n".join(f"{'    ' * depth}{word}" for depth, word in enumerate(_parts(line)))


def _parts(line: str) -> list[str]:
    openers = (
        "system",
        "security",
        "router",
        "service",
        "log",
        "time",
        "ntp",
        "snmp",
        "ssh",
        "ldp",
        "tacplus",
        "radius",
        "bgp",
        "ospf",
        "isis",
        "password",
        "dynamic-keying",
        "direction",
        "bi",
        "script-control",
        "peer-parameters",
    )
    words = line.split(" ")
    found = []
    while (
        words and words[0] in openers and len(words) > 1 and not (words[0] == "password" and words[1].startswith('"'))
    ):
        found.append(words.pop(0))
    heads = {
        "user": 2,
        "group": 2,
        "area": 2,
        "interface": 2,
        "keychain": 2,
        "snmp-trap-group": 2,
        "vprn": 3,
        "sap": 3,
        "ipsec-tunnel": 3,
        "script-policy": 4,
        "peer": 2,
    }
    while words and words[0] in heads and len(words) > heads[words[0]]:
        count = heads[words[0]] + (words[2:3] == ["create"] and words[0] == "interface")
        found.append(" ".join(words[:count]))
        words = words[count:]
        while (
            words
            and words[0] in openers
            and len(words) > 1
            and not (words[0] == "password" and words[1].startswith('"'))
        ):
            found.append(words.pop(0))
    if words[:1] == ["neighbor"]:
        found.append(" ".join(words[:2]))
        words = words[2:]
    return [*found, " ".join(words)]


@pytest.mark.parametrize("suffix", ["", " hash2"])
@pytest.mark.parametrize("line", MD_LINES)
def test_planted_in_blocks_flat_lines_and_netconf(line: str, suffix: str) -> None:
    text = blocks(line % (PLANT + suffix))
    for whole in (md(text), flat(device.flat_lines(text)), device.xml(text)):
        assert PLANT in whole
        assert PLANT not in repr(read(whole))


@pytest.mark.parametrize("line", CLASSIC_LINES)
def test_planted_in_the_classic_form(line: str) -> None:
    for whole in (classic(nested(line % PLANT)), f"/configure {line % PLANT}\n", line % PLANT):
        assert PLANT in whole
        assert PLANT not in repr(read(whole))


@pytest.mark.parametrize(
    ("value", "storage", "strength"),
    [
        ("$2y$10$TQrZlpBDra86.qoexZUzQeBXDY1FcdDhGWdD9lLxMuFyPVSm0OGy6", "bcrypt, as shipped", Strength.STRONG_HASH),
        ("$2a$10$TQrZlpBDra86.qoexZUzQeBXDY1FcdDhGWdD9lLxMuFyPVSm0OGy6", "bcrypt", Strength.STRONG_HASH),
        ("abcDEF/12= hash2", "hash2 (reversible)", Strength.REVERSIBLE),
        ("abcDEF/12= hash", "hash (reversible)", Strength.REVERSIBLE),
        ("abcDEF/12= custom", "custom hash (the operator's key)", Strength.ENCRYPTED),
        ("NokiaSros1!", "plain text", Strength.PLAIN),
        ("$zz$abc", "unknown form ($zz$)", Strength.UNKNOWN),
        ("$pbkdf2-sha512$abc", "PBKDF2", Strength.STRONG_HASH),
    ],
)
def test_storage(value: str, storage: str, strength: Strength) -> None:
    (user,) = facts(md(blocks(MD_LINES[0] % value))).accounts.users
    assert user.secret is not None
    assert (user.secret.storage, user.secret.strength) == (storage, strength)


def test_a_word_that_everybody_tries_first() -> None:
    (community,) = facts(md(blocks(MD_LINES[7] % "public"))).snmp.communities
    assert community.secret.trivial


def test_the_same_secret_has_the_same_fingerprint_in_every_form() -> None:
    prints = set()
    for whole in (md(device.MD), classic(device.CLASSIC), flat(device.flat_lines()), device.xml()):
        (server,) = facts(whole).aaa.servers
        assert server.secret is not None
        prints.add((server.secret.fingerprint, server.secret.storage))
    assert len(prints) == 1


def test_a_scrubbed_secret_is_not_judged() -> None:
    """Trap 32: the place is evidence, the value is not."""
    for value in ("<removed>", "*****", "REMOVED"):
        (user,) = facts(md(blocks(MD_LINES[0] % value))).accounts.users
        assert user.secret is not None and user.secret.redacted


def test_words_that_are_no_secrets_stay() -> None:
    """Trap 34: words in the wrong place."""
    text = """
    system {
        security {
            aaa {
                local-profiles {
                    profile "p" {
                        entry 10 {
                            match "password"
                            action permit
                        }
                    }
                }
            }
            user-params {
                local-user {
                    password {
                        complexity-rules {
                            minimum-length 9
                        }
                    }
                }
            }
        }
    }
    """
    found = facts(md(text)).accounts
    assert found.roles[0].rights == ("permit password",)
    assert found.minimum_length.need() == 9
    assert (
        facts(
            "/configure system security user-params local-user password complexity-rules minimum-length 9\n"
        ).accounts.minimum_length.need()
        == 9
    )


def test_public_keys_are_shown_by_their_fingerprint() -> None:
    blob = "AAAAC3NzaC1lZDI1NTE5AAAAIIyT9a4MoFlhMJiUqrHVTi7A0ATXgfTGlsdyOiDO4BWK"
    text = f'system {{ security {{ user-params {{ local-user {{ user "u" {{ public-keys {{ ecdsa {{ ecdsa-key 1 {{ key-value "{blob}" }} }} }} }} }} }} }} }}'
    (key,) = facts(md(blocks(text))).accounts.keys
    assert (key.user, key.algorithm) == ("u", "ssh-ed25519")
    assert key.fingerprint.startswith("SHA256:") and len(key.fingerprint) == 50
