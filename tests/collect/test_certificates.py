"""Certificates of hosts: a host that nobody stored is trusted where an authority of `known_hosts` vouches for it."""

import time

import asyncssh
import msgspec
import pytest

from auditor.model.snapshot import RUNNING
from tests.collect.exec_server import ExecServer
from tests.collect.support import FAST, known_hosts, login, reasons, texts, visit
from tests.collect.test_exec import CONFIG, GOOD

CA = asyncssh.generate_private_key("ssh-ed25519")
OTHER = asyncssh.generate_private_key("ssh-ed25519")


class CertifiedServer(ExecServer):
    """Shows a certificate with its key."""

    def __init__(self, kind="ssh-ed25519", authority=CA, **terms):
        super().__init__(GOOD)
        self._key = asyncssh.generate_private_key(kind)
        terms = {"principals": ["127.0.0.1"], **terms}
        self.certificate = authority.generate_host_certificate(self._key, "r1", **terms)

    async def _listen(self):
        self._key = (self._key, self.certificate)
        return await super()._listen()

    @property
    def host_key_line(self):
        return f"[{self.address}]:{self.port} " + self._key[0].export_public_key().decode().strip()


def line(marker, key, names="*"):
    return f"{marker} {names} {key.export_public_key().decode().strip()}".strip()


def trusted(folder, *lines):
    """A file that `login` does not write over with the server's own key."""
    apart = folder / "trusted"
    apart.mkdir(exist_ok=True)
    return known_hosts(apart, *lines)


def collected(server, folder, *lines):
    with server:
        made = login(server, folder)
        known = trusted(folder, *lines)
        return visit(
            server, folder, known_hosts=known, device=made.device, limits=msgspec.structs.replace(FAST, login=8.0)
        )


@pytest.mark.parametrize("kind", ["ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa"])
def test_a_host_with_a_good_certificate_is_trusted(kind, tmp_path):
    snapshot = collected(CertifiedServer(kind), tmp_path, line("@cert-authority", CA))
    assert texts(snapshot)[RUNNING] == CONFIG, reasons(snapshot)


@pytest.mark.parametrize(
    ("terms", "reason"),
    [
        ({"authority": OTHER}, "its authority is not trusted for this host"),
        ({"principals": ["192.0.2.1"]}, "it is for another host"),
        ({"principals": []}, "it is for another host"),
        ({"valid_before": int(time.time()) - 60}, "it is not valid at this time"),
        ({"valid_after": int(time.time()) + 3600}, "it is not valid at this time"),
    ],
    ids=lambda one: next(iter(one.items()), "")[0] if isinstance(one, dict) else "",
)
def test_a_certificate_that_is_not_good_for_this_host(terms, reason, tmp_path):
    server = CertifiedServer(**terms)
    snapshot = collected(server, tmp_path, line("@cert-authority", CA))
    assert f"is not accepted: {reason}; nothing was sent" in reasons(snapshot)[""]
    assert server.logins == 0


def test_a_certificate_for_users_is_none_of_a_host(tmp_path):
    server = CertifiedServer()
    server.certificate = CA.generate_user_certificate(server._key, "r1", principals=["127.0.0.1"])
    snapshot = collected(server, tmp_path, line("@cert-authority", CA))
    assert texts(snapshot) == {}
    assert server.logins == 0


def test_a_revoked_authority_and_a_revoked_key(tmp_path):
    for revoked in ("authority", "key"):
        server = CertifiedServer()
        key = CA if revoked == "authority" else server._key
        snapshot = collected(server, tmp_path, line("@cert-authority", CA), line("@revoked", key))
        assert texts(snapshot) == {}
        assert server.logins == 0


def test_an_authority_of_other_hosts_vouches_for_none_of_these(tmp_path):
    server = CertifiedServer()
    snapshot = collected(server, tmp_path, line("@cert-authority", CA, "*.example.net"))
    assert "is not known" in reasons(snapshot)[""]
    assert server.logins == 0


def test_a_host_with_a_stored_key_and_no_certificate_stays_trusted(tmp_path):
    with ExecServer(GOOD) as server:
        made = login(server, tmp_path)
        known = trusted(tmp_path, line("@cert-authority", CA), server.host_key_line)
        snapshot = visit(server, tmp_path, known_hosts=known, device=made.device)
    assert texts(snapshot)[RUNNING] == CONFIG


def test_a_key_without_its_certificate_is_vouched_for_by_nobody(tmp_path):
    with ExecServer(GOOD) as server:
        made = login(server, tmp_path)
        snapshot = visit(
            server, tmp_path, known_hosts=trusted(tmp_path, line("@cert-authority", CA)), device=made.device
        )
    assert "is not known" in reasons(snapshot)[""]
    assert server.logins == 0
