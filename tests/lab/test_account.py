"""The account of docs/least-privilege.md on a real router: FRR and OpenSSH in a container, set up by the words of the page."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import paramiko
import pytest

from auditor.engine.packs import load
from tests.accounts import DOCS, blocks, section
from tests.lab.conftest import DEFAULT_PASSWORD, Lab

pytestmark = pytest.mark.lab

NAME = "auditor-lab-account"
ADDRESS = "172.30.77.14"
IMAGE = "auditor-lab-frr-sound:bookworm"
LISTED = [text for command in load().platforms["frr"].commands for text in command.send]
RUNNING = "vtysh -c 'show running-config'"


class Account(NamedTuple):
    """The router, and the key of the account."""

    key: Path
    host_key: str

    def connect(self, **login: Any) -> paramiko.SSHClient:
        client = paramiko.SSHClient()
        client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
        words = {"key_filename": str(self.key), "look_for_keys": False, "allow_agent": False, "timeout": 20}
        client.connect(ADDRESS, username="audit", **(words | login))
        return client

    def ask(self, text: str, **environment: str) -> tuple[int, str, str]:
        """Status, output and complaint of one command."""
        with self.connect() as client:
            _, out, err = client.exec_command(text, timeout=60, environment=environment)
            said = out.read().decode(), err.read().decode()
            return (out.channel.recv_exit_status(), *said)


def docker(*words: str) -> str:
    done = subprocess.run(["docker", *words], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def within(*words: str) -> str:
    return docker("exec", NAME, *words)


@pytest.fixture(scope="module")
def account(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    folder = tmp_path_factory.mktemp("account")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / "audit")], check=True)
    (folder / "audit-commands").write_bytes((DOCS / "accounts" / "audit-commands").read_bytes())
    words = [sys.executable, "-m", "auditor", "commands", "--platform", "frr", "--format", "lines"]
    (folder / "audit-commands.list").write_bytes(subprocess.run(words, check=True, capture_output=True).stdout)
    place, *_ = blocks("FRR")
    rules = blocks("FRR")[1]
    subprocess.run(["docker", "rm", "-f", NAME], capture_output=True, check=False)
    docker(
        "run", "-d", "--init", "--name", NAME, "--hostname", "frr-account", "--network", "auditor-lab", "--ip", ADDRESS,
        "--cap-add", "NET_ADMIN", "--cap-add", "SYS_ADMIN", "--memory", "256m", "-e", f"LAB_PASSWORD={DEFAULT_PASSWORD}", IMAGE,
    )  # fmt: skip
    try:
        end = time.monotonic() + 60
        while not ("router bgp" in _running() and _answers()) and time.monotonic() < end:
            time.sleep(0.5)
        docker("cp", f"{folder}/.", f"{NAME}:/root/account")
        within("sh", "-euc", f"cd /root/account; chown root:root *\n{place}\nrm -r /root/account")
        within(
            "sh",
            "-euc",
            f"sed -i 's/^AllowUsers.*/& audit/' /etc/ssh/sshd_config; cat >>/etc/ssh/sshd_config <<'E'\n{rules}E",
        )
        within("sh", "-euc", "/usr/sbin/sshd -t; kill -HUP $(pgrep -o -x sshd)")
        time.sleep(1)
        kind, key, *_ = within("cat", "/etc/ssh/ssh_host_ed25519_key.pub").split()
        yield Account(folder / "audit", f"{ADDRESS} {kind} {key}\n")
    finally:
        subprocess.run(["docker", "rm", "-f", NAME], capture_output=True, check=False)


def _running() -> str:
    words = ["docker", "exec", NAME, "vtysh", "-c", "show running-config"]
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout


def _answers() -> bool:
    try:
        with socket.create_connection((ADDRESS, 22), timeout=2) as link:
            return link.recv(4) == b"SSH-"
    except OSError:
        return False


def test_everything_on_the_list_is_carried_out(account: Account) -> None:
    """By the shell that an ordinary login has: the same words as user of the same groups, past SSH, end the same way."""
    for text in LISTED:
        status, _, complaint = account.ask(text)
        assert status != 126 and "not on the list" not in complaint, text
        bare = [
            "docker",
            "exec",
            "--user",
            "audit",
            NAME,
            "env",
            "-i",
            "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
            "sh",
            "-c",
            text,
        ]
        assert status == subprocess.run(bare, capture_output=True, check=False).returncode, text


def test_the_running_configuration_is_whole(account: Account) -> None:
    status, shown, _ = account.ask(RUNNING)
    assert (status, shown) == (0, _running())


@pytest.mark.parametrize(
    "text",
    [
        "vtysh -c 'configure terminal'", "vtysh -c 'configure terminal' -c 'no router bgp'", "vtysh", "sh", "bash -i", "",
        f"{RUNNING}; id", f"{RUNNING}\nid", f"id\n{RUNNING}", f"\n{RUNNING}", f"{RUNNING}\n", f" {RUNNING}", f"{RUNNING} ",
        f"{RUNNING}\r", f"{RUNNING} | sh", f"{RUNNING}$(id)", "vtysh -c \"show running-config\"", "vtysh -c show\\ running-config",
        f"{RUNNING}\n{LISTED[2]}", "*", "c*", "cat /etc/*", "cat /etc/shadow", "cat /etc/frr/../shadow", "[", "!", "-n", "(", "=", "-z x",
        "cat /etc/passwd -", "who am i", "WHO", "$(cat /etc/passwd)", "$SSH_ORIGINAL_COMMAND", "`who`", "sudo who", "tcpdump -i any",
        "reboot", "scp -f /etc/passwd", "/usr/lib/openssh/sftp-server", "internal-sftp", "\\w\\h\\o", "'who'",
    ],
)  # fmt: skip
def test_nothing_else_is_carried_out(account: Account, text: str) -> None:
    status, shown, complaint = account.ask(text)
    assert (status, shown, complaint) == (126, "", "audit-commands: not on the list\n")


def test_a_null_byte_ends_the_connection(account: Account) -> None:
    """sshd takes a request as a C string, and none with such a byte inside."""
    with pytest.raises((EOFError, paramiko.SSHException)):
        account.ask("cat /etc/group\0; id")


def test_the_environment_of_the_client_is_not_used(account: Account) -> None:
    """Debian's sshd takes LC_*; this one takes everything, and vtysh would start the pager of VTYSH_PAGER."""
    within("sh", "-euc", "sed -i '1iAcceptEnv *' /etc/ssh/sshd_config; kill -HUP $(pgrep -o -x sshd)")
    time.sleep(1)
    trap = {"VTYSH_PAGER": "touch /tmp/paged", "ENV": "/tmp/env", "BASH_ENV": "/tmp/env", "PATH": "/tmp", "IFS": "o"}
    assert account.ask(RUNNING, **trap)[:2] == (0, _running())
    assert account.ask("wh", **trap)[0] == 126
    assert within("sh", "-c", "ls /tmp/paged 2>&1 || true").startswith("ls: cannot access")


def test_no_shell_terminal_file_transfer_or_forwarding(account: Account) -> None:
    with account.connect() as client:
        transport = client.get_transport()
        assert transport is not None
        channel = transport.open_session()
        with pytest.raises(paramiko.SSHException):
            channel.get_pty()
        channel = transport.open_session()
        channel.invoke_shell()
        channel.settimeout(20)
        assert (channel.recv(100), channel.recv_exit_status()) == (b"", 126)
        with pytest.raises(paramiko.ChannelException, match="prohibited"):
            transport.open_channel("direct-tcpip", ("127.0.0.1", 22), ("127.0.0.1", 1))
        with pytest.raises(paramiko.SSHException):
            transport.request_port_forward("127.0.0.1", 2222)
        with pytest.raises((paramiko.SSHException, EOFError)):
            client.open_sftp()
    with pytest.raises(paramiko.BadAuthenticationType):
        account.connect(key_filename=None, password=DEFAULT_PASSWORD)


def auditor(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "XDG_STATE_HOME": str(folder)}
    command = [sys.executable, "-m", "auditor", *words]
    return subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=folder, timeout=180, env=environment
    )


@pytest.fixture(scope="module")
def run(account: Account, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The audit of the router through the account."""
    folder = tmp_path_factory.mktemp("audit")
    (folder / "known_hosts").write_text(account.host_key, "utf-8")
    (folder / "inventory.yaml").write_text(
        "schema: auditor/inventory/1\n"
        f"credentials: {{audit: {{username: audit, key_file: {account.key}}}}}\n"
        f"devices: [{{name: router, platform: frr, address: {ADDRESS}, credential: audit}}]\n",
        "utf-8",
    )
    assert auditor(folder, "collect", "inventory.yaml", "-o", "snapshot").returncode == 0
    done = auditor(folder, "audit", "snapshot", "-o", "out", "--format", "json")
    assert done.returncode in (0, 1), done.stderr
    content: dict[str, Any] = json.loads((folder / "out" / "run.json").read_text("utf-8"))
    listed = auditor(folder, "snapshot", "list", "snapshot").stdout
    return content | {"missing": dict(re.findall(r"^  missing ([^:]+): (.*)$", listed, re.MULTILINE))}


def test_the_audit_is_complete(run: dict[str, Any]) -> None:
    (device,) = run["devices"]
    assert (device["status"], device["errors"]) == ("audited", [])
    assert not [line for document in device["documents"] for line in document["unread_lines"] if line["area"]]


def test_what_the_account_may_not_read_stands_on_the_page_and_in_the_reasons(run: dict[str, Any]) -> None:
    denied = {name for name, reason in run["missing"].items() if "denied" in reason}
    assert denied == {"/root/.ssh/authorized_keys", "ls -la /root", "find /tmp"}
    assert [name for name in denied if f"`{name}`" not in section("FRR")] == []
    absent = ("No such file or directory", "not found", "is not installed")
    assert [one for one in run["missing"].items() if one[0] not in denied and not one[1].endswith(absent)] == []
    reasons = {one["check"]: one["reason"] for one in run["results"] if one["outcome"] == "unknown"}
    told = [
        (check, name) for check, reason in reasons.items() for name in denied if name in reason and "denied" in reason
    ]
    assert {name for _, name in told} == denied
    assert [check for check, reason in reasons.items() if "denied" in reason and check not in dict(told)] == []
