"""Logins over jump hosts and proxies, with agent and certificate, second credentials, requests for a new password."""

import os
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path

import asyncssh
import msgspec
import pytest

from auditor.collect.credentials import Hidden
from auditor.collect.host_keys import KnownHosts
from auditor.collect.login import Login
from auditor.model.device import Device
from auditor.model.snapshot import RUNNING
from tests.collect.exec_server import ExecServer
from tests.collect.support import FAST, known_hosts, login, reasons, texts, visit
from tests.collect.test_exec import CONFIG, GOOD

SSHD = shutil.which("sshd") or ("/usr/sbin/sshd" if Path("/usr/sbin/sshd").exists() else None)


class Jump(ExecServer):
    """A host that forwards connections and gives no commands; it records where to."""

    def __init__(self):
        super().__init__({}, shut=True)
        self.reached = []

    async def _listen(self):
        jump = self

        class Server(asyncssh.SSHServer):
            def begin_auth(self, username):
                return True

            def password_auth_supported(self):
                return True

            def validate_password(self, username, password):
                jump.logins += 1
                return (username, password) == (jump.username, jump.password)

            def connection_requested(self, dest_host, dest_port, orig_host, orig_port):
                jump.reached.append(dest_port)
                return True

        return await asyncssh.listen(self.address, 0, server_host_keys=[self._key], server_factory=Server)


def hop(where, folder, name="jump", **changes):
    """A login to a host on the way."""
    plain = login(where, folder)
    return msgspec.structs.replace(plain, device=Device(name=name, address=where.address, port=where.port), **changes)


def all_known(folder, *servers):
    """A file of its own: `visit` writes one with the device's key alone."""
    (folder / "all").mkdir(exist_ok=True)
    return known_hosts(folder / "all", *(server.host_key_line for server in servers))


def test_over_one_jump_host_and_over_two(tmp_path):
    with ExecServer(GOOD) as device, Jump() as near, Jump() as far:
        hops = (hop(near, tmp_path, "near"), hop(far, tmp_path, "far"))
        keys = all_known(tmp_path, device, near, far)
        hops = tuple(msgspec.structs.replace(one, known_hosts=keys) for one in hops)
        one = visit(device, tmp_path, jumps=hops[:1], known_hosts=all_known(tmp_path, device, near, far))
        two = visit(device, tmp_path, jumps=hops, known_hosts=all_known(tmp_path, device, near, far))
    assert texts(one)[RUNNING] == texts(two)[RUNNING] == CONFIG
    assert (near.reached, far.reached) == ([device.port, far.port], [device.port])
    assert (near.logins, far.logins, device.logins) == (2, 1, 2)


def test_the_key_of_a_jump_host_is_checked_as_strictly(tmp_path):
    with ExecServer(GOOD) as device, Jump() as jump:
        keys = all_known(tmp_path, device)
        way = msgspec.structs.replace(hop(jump, tmp_path), known_hosts=keys)
        snapshot = visit(device, tmp_path, jumps=(way,), known_hosts=all_known(tmp_path, device))
    assert reasons(snapshot)[""].startswith(f"jump host jump: the host key of [127.0.0.1]:{jump.port} is not known")
    assert (jump.logins, device.logins) == (0, 0)


def test_a_device_behind_a_jump_host_that_is_not_there(tmp_path):
    with ExecServer(GOOD) as device, Jump() as jump:
        keys = all_known(tmp_path, device, jump)
        way = msgspec.structs.replace(hop(jump, tmp_path), known_hosts=keys)
        made = login(device, tmp_path, jumps=(way,))
        made = msgspec.structs.replace(made, known_hosts=all_known(tmp_path, device, jump))
        target = msgspec.structs.replace(made.device, port=1)
        snapshot = visit(device, tmp_path, jumps=(way,), device=target, known_hosts=made.known_hosts)
    assert "127.0.0.1 port 1: " in reasons(snapshot)[""]


def test_a_refused_login_to_a_jump_host_is_not_one_to_the_device(tmp_path):
    with ExecServer(GOOD) as device, Jump() as jump:
        keys = all_known(tmp_path, device, jump)
        way = msgspec.structs.replace(hop(jump, tmp_path, password=Hidden("wrong")), known_hosts=keys)
        snapshot = visit(device, tmp_path, jumps=(way,), known_hosts=all_known(tmp_path, device, jump))
    assert reasons(snapshot) == {"": "jump host jump: the login of auditor was refused"}
    assert (jump.logins, device.logins) == (1, 0)


class Socks:
    """A SOCKS 5 proxy without login (RFC 1928) for one connection after the other."""

    def __enter__(self):
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self.reached = []
        self._open = []
        threading.Thread(target=self._run, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.close()
        for one in self._open:
            one.close()

    def _run(self):
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        client.recv(2 + client.recv(2)[1])
        client.sendall(b"\x05\x00")
        head = client.recv(4)
        host = socket.inet_ntoa(client.recv(4)) if head[3] == 1 else client.recv(client.recv(1)[0]).decode()
        port = int.from_bytes(client.recv(2), "big")
        self.reached.append((host, port))
        try:
            target = socket.create_connection((host, port), 5)
        except OSError:
            client.close()
            return
        client.sendall(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        self._open += [client, target]
        for one, other in ((client, target), (target, client)):
            threading.Thread(target=_copy, args=(one, other), daemon=True).start()


def _copy(one, other):
    try:
        while data := one.recv(65536):
            other.sendall(data)
        other.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def test_through_a_socks_proxy(tmp_path):
    with ExecServer(GOOD) as device, Socks() as proxy:
        snapshot = visit(device, tmp_path, proxy=f"socks5://127.0.0.1:{proxy.port}")
        assert texts(snapshot)[RUNNING] == CONFIG
        assert proxy.reached == [("127.0.0.1", device.port)]
    gone = visit(device, tmp_path, proxy=f"socks5://127.0.0.1:{proxy.port}")
    assert reasons(gone)[""].endswith("not reached through the SOCKS proxy")


def test_a_second_credential_is_tried_once(tmp_path):
    with ExecServer(GOOD) as device:
        second = login(device, tmp_path)
        first = {"username": "nobody", "password": Hidden("wrong"), "otherwise": second}
        assert texts(visit(device, tmp_path, **first))[RUNNING] == CONFIG
        assert device.logins == 2
        neither = {**first, "otherwise": msgspec.structs.replace(second, password=Hidden("wrong"))}
        assert reasons(visit(device, tmp_path, **neither)) == {"": "the login of auditor was refused"}
        assert device.logins == 4


class NewPassword(ExecServer):
    """Asks for a new password in place of letting in."""

    async def _listen(self):
        server = self

        class Server(asyncssh.SSHServer):
            def begin_auth(self, username):
                return True

            def password_auth_supported(self):
                return True

            def validate_password(self, username, password):
                server.logins += 1
                raise asyncssh.PasswordChangeRequired("your password has expired")

            def change_password(self, username, old, new):
                server.changed = True
                return True

        return await asyncssh.listen(self.address, 0, server_host_keys=[self._key], server_factory=Server)


def test_a_request_for_a_new_password_gets_no_answer(tmp_path):
    with NewPassword(GOOD) as device:
        snapshot = visit(device, tmp_path)
        assert reasons(snapshot) == {"": f"127.0.0.1 port {device.port}: the device asks for a new password of auditor"}
    assert device.logins == 1
    assert not hasattr(device, "changed")


@pytest.fixture
def agent(tmp_path, monkeypatch):
    """A real ssh-agent with one key; gives the path of its public key."""
    if not shutil.which("ssh-agent"):
        pytest.skip("OpenSSH's client is not installed")
    key = asyncssh.generate_private_key("ssh-ed25519")
    (tmp_path / "id").write_bytes(key.export_private_key("openssh"))
    (tmp_path / "id").chmod(0o600)
    (tmp_path / "id.pub").write_bytes(key.export_public_key("openssh"))
    place = tmp_path / "agent"
    process = subprocess.Popen(["ssh-agent", "-D", "-a", str(place)], stdout=subprocess.DEVNULL)
    for _ in range(100):
        if place.exists():
            break
        time.sleep(0.05)
    monkeypatch.setenv("SSH_AUTH_SOCK", str(place))
    subprocess.run(["ssh-add", "-q", str(tmp_path / "id")], check=True, capture_output=True)
    (tmp_path / "id").unlink()
    yield tmp_path / "id.pub", key
    process.terminate()
    process.wait(5)


def test_a_key_that_the_agent_holds(agent, tmp_path):
    path, key = agent
    with ExecServer(GOOD) as device:
        device.keys = [key.export_public_key()]
        snapshot = visit(device, tmp_path, key_file=str(path), agent=True, password=Hidden(""))
        assert texts(snapshot)[RUNNING] == CONFIG
        assert set(device.offered) == {key.get_fingerprint()}
        other = asyncssh.generate_private_key("ssh-ed25519")
        (tmp_path / "other.pub").write_bytes(other.export_public_key("openssh"))
        missing = visit(device, tmp_path, key_file=str(tmp_path / "other.pub"), agent=True, password=Hidden(""))
    assert reasons(missing) == {"": f"the SSH agent does not hold the key of {tmp_path / 'other.pub'}"}


@pytest.fixture
def sshd(tmp_path):
    """OpenSSH's server on a free port, with a user certificate authority and a login by key for this user."""
    if SSHD is None:
        pytest.skip("OpenSSH's server is not installed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = tmp_path / "sshd"
    folder.mkdir()
    authority, user = asyncssh.generate_private_key("ssh-ed25519"), asyncssh.generate_private_key("ssh-ed25519")
    name = os.environ.get("USER") or "root"
    for path, content in (
        (folder / "host", asyncssh.generate_private_key("ssh-ed25519").export_private_key("openssh")),
        (folder / "authority.pub", authority.export_public_key("openssh")),
        (folder / "id", user.export_private_key("openssh")),
        (
            folder / "id-cert.pub",
            authority.generate_user_certificate(user, "audit", principals=[name]).export_certificate(),
        ),
    ):
        path.write_bytes(content)
        path.chmod(0o600)
    (folder / "config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile none\nUsePAM no\nStrictModes no\n"
        f"TrustedUserCAKeys {folder}/authority.pub\nPasswordAuthentication no\nPermitRootLogin yes\nLogLevel ERROR\n"
        "AllowTcpForwarding yes\n"
    )
    # The server has to be called by its whole path, and needs its folder for the unprivileged part.
    Path("/run/sshd").mkdir(exist_ok=True) if os.geteuid() == 0 else None
    process = subprocess.Popen([SSHD, "-D", "-e", "-f", str(folder / "config")], stderr=(folder / "log").open("wb"))
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    else:
        process.terminate()
        pytest.skip("OpenSSH's server does not start here: " + (folder / "log").read_text()[:200])
    line = f"[127.0.0.1]:{port} " + asyncssh.read_private_key(folder / "host").export_public_key().decode().strip()
    yield Login(
        device=Device(name="jump", address="127.0.0.1", port=port), username=name, password=Hidden(""), enable=Hidden(""),
        key_file=str(folder / "id"), known_hosts=known_hosts(tmp_path, line), limits=FAST,
    ), line  # fmt: skip
    process.terminate()
    process.wait(5)


def test_over_openssh_with_a_certificate(sshd, tmp_path):
    way, line = sshd
    with ExecServer(GOOD) as device:
        keys = all_known(tmp_path, device)
        keys.write_text(line + "\n" + device.host_key_line + "\n")
        way = msgspec.structs.replace(way, known_hosts=keys)
        snapshot = visit(device, tmp_path, jumps=(way, way), known_hosts=keys)
    assert texts(snapshot)[RUNNING] == CONFIG, reasons(snapshot)


def test_names_and_keys_of_known_hosts():
    one, two = (asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip() for _ in range(2))
    import paramiko  # noqa: PLC0415

    hashed = paramiko.HostKeys.hash_host("r3")
    known = KnownHosts(
        [f"r1,192.0.2.1 {one}", f"*.example.net,!bad.example.net {one}", f"{hashed} {two}", f"@cert-authority * {two}",
         "r4 ssh-ed25519 nonsense", "# r5", f"r6 {one}", f"r7 {two}", f"@revoked * {one}"]
    )  # fmt: skip
    assert [bool(known.lookup(name)) for name in ("r3", "r7")] == [True, True]
    assert [bool(known.lookup(name)) for name in ("r1", "a.example.net", "r4", "r5", "r6", "r9")] == [False] * 6
    kept = KnownHosts([f"*.example.net,!bad.example.net {one}", f"r1,192.0.2.1 {one}"])
    names = ("a.example.net", "bad.example.net", "192.0.2.1", "r1", "r2")
    assert [bool(kept.lookup(name)) for name in names] == [True, False, True, True, False]
