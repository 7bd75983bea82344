"""References to secrets."""

import builtins
import http.server
import io
import json
import subprocess
import sys
import threading
import time
import traceback

import pytest

from auditor.collect import credentials
from auditor.collect.credentials import CredentialError, Hidden, Resolver

SECRET = "S3cret-unique-value"


def resolve(reference, environment=None):
    return Resolver(environment or {}).resolve(reference)


def message(reference, environment=None):
    with pytest.raises(CredentialError) as caught:
        resolve(reference, environment)
    assert SECRET not in str(caught.value)
    return str(caught.value)


def python(code: str) -> str:
    return f'command:{sys.executable} -c "{code}"'


def test_environment():
    assert resolve("env:NAME", {"NAME": SECRET}).reveal() == SECRET
    assert message("env:NAME") == "the environment variable NAME is not set"
    assert message("env:NAME", {"NAME": ""}) == "the environment variable NAME is not set"


def test_no_reference_is_no_secret():
    assert not resolve("")


def test_command_gives_its_first_line():
    assert resolve(python(f"print('{SECRET}'); print('second line')")).reveal() == SECRET


def test_command_is_run_without_a_shell(tmp_path):
    resolve(f"command:echo $(touch {tmp_path}/made) ; touch {tmp_path}/made")
    assert not (tmp_path / "made").exists()


def test_command_that_fails_shows_none_of_its_output():
    code = f"import sys; print('{SECRET}'); sys.stderr.write('{SECRET}'); sys.exit(4)"
    assert message(python(code)) == f"command: {sys.executable} ended with status 4"


def test_command_that_prints_nothing():
    assert message("command:true") == "command: true printed nothing"


def test_command_that_only_complains(capfd):
    code = f"import sys; sys.stderr.write('{SECRET}')"
    assert message(python(code)) == f"command: {sys.executable} printed nothing"
    assert SECRET not in capfd.readouterr().err


def test_command_that_hangs(monkeypatch):
    monkeypatch.setattr(credentials, "_COMMAND_TIMEOUT", 0.3)
    begun = time.monotonic()
    assert message("command:sleep 30") == "command: sleep did not end within 0 s"
    assert time.monotonic() - begun < 3


def test_command_that_does_not_exist():
    assert message("command:no-such-program x") == "command: no-such-program: No such file or directory"


def test_command_that_prints_no_text():
    assert message(python("import sys; sys.stdout.buffer.write(bytes([255, 254]))")).endswith("UnicodeDecodeError")


@pytest.mark.parametrize("reference", ["command:", "command:   ", "command:pass 'show"])
def test_command_without_a_program(reference):
    assert message(reference) == "command: expected a program and its arguments"


def test_prompt_needs_a_terminal(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("typed\n"))
    assert message("prompt:Password of the NOC") == "prompt: needs a terminal"


class _Terminal(io.StringIO):
    def isatty(self):
        return True


def test_prompt_asks_once(monkeypatch):
    asked = []
    monkeypatch.setattr(sys, "stdin", _Terminal())
    monkeypatch.setattr(credentials.getpass, "getpass", lambda text: asked.append(text) or SECRET)
    resolver = Resolver({})
    threads = [threading.Thread(target=resolver.resolve, args=("prompt:NOC",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert asked == ["NOC: "]


def test_prompt_without_an_answer(monkeypatch):
    def closed(_text):
        raise EOFError

    monkeypatch.setattr(sys, "stdin", _Terminal())
    for answer in (closed, lambda _text: ""):
        monkeypatch.setattr(credentials.getpass, "getpass", answer)
        assert message("prompt:") == "prompt: nothing was entered"


def test_keyring_is_not_installed(monkeypatch):
    real = builtins.__import__

    def without(name, *rest, **named):
        if name == "keyring":
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    assert message("keyring:routers/noc").startswith("keyring: needs the extra 'keyring' (pip install ")


def test_keyring(monkeypatch):
    keyring = pytest.importorskip("keyring")
    monkeypatch.setattr(
        keyring, "get_password", lambda service, user: {("routers", "noc"): SECRET}.get((service, user))
    )
    assert resolve("keyring:routers/noc").reveal() == SECRET
    assert message("keyring:routers/other") == "keyring: no entry for routers/other"

    def broken(_service, _user):
        raise RuntimeError(f"the back end quotes {SECRET}")

    monkeypatch.setattr(keyring, "get_password", broken)
    assert message("keyring:routers/noc") == "keyring: routers/noc: RuntimeError"


def test_a_value_in_place_of_a_reference_is_not_repeated():
    assert message(SECRET) == "expected a reference env:, file:, keyring:, command:, prompt: or vault:"


def test_a_failure_is_not_tried_again(monkeypatch):
    runs = []
    real = subprocess.run
    monkeypatch.setattr(credentials.subprocess, "run", lambda *a, **k: runs.append(a) or real(*a, **k))
    resolver = Resolver({})
    for _ in range(3):
        with pytest.raises(CredentialError):
            resolver.resolve("command:false")
    assert len(runs) == 1


def test_hidden_shows_itself_only_by_name():
    hidden = Hidden(SECRET)
    assert SECRET not in f"{hidden} {hidden!r} {hidden!s} {[hidden]} {vars(Hidden)}"
    assert hidden.reveal() == SECRET
    assert bool(hidden)
    assert not Hidden("")


def test_file(tmp_path):
    path = tmp_path / "secret"
    path.write_text(f"{SECRET}\nand more\n")
    path.chmod(0o600)
    assert resolve(f"file:{path}").reveal() == SECRET
    for mode in (0o640, 0o604, 0o660):
        path.chmod(mode)
        assert message(f"file:{path}") == f"file: {path}: others may read it; chmod 600"
    path.chmod(0o600)
    path.write_text("\n")
    assert message(f"file:{path}") == f"file: {path}: its first line is empty"
    path.write_bytes(b"\xff\xfe\n")
    assert message(f"file:{path}") == f"file: {path}: no text"
    assert message(f"file:{tmp_path / 'none'}") == f"file: {tmp_path / 'none'}: No such file or directory"
    assert message(f"file:{tmp_path}") == f"file: {tmp_path}: Is a directory"


class _Vault(http.server.BaseHTTPRequestHandler):
    """The two read calls of Vault's key-value stores, as its API documentation describes them."""

    answers = {  # noqa: RUF012
        "/v1/kv/data/routers/noc": {"data": {"data": {"password": SECRET, "number": 7}, "metadata": {"version": 3}}},
        "/v1/old/routers/noc": {"data": {"password": SECRET}},
    }

    def do_GET(self):
        path = self.path.partition("?")[0]
        self.server.asked.append((self.command, path, self.headers["X-Vault-Namespace"]))
        known = self.headers["X-Vault-Token"] == "token-unique" and path in self.answers
        status = 200 if known else 403 if self.headers["X-Vault-Token"] != "token-unique" else 404
        body = json.dumps(self.answers[path] if known else {"errors": [f"quotes {SECRET}"]}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def vault():
    """An emulated Vault; the environment that leads to it."""
    pytest.importorskip("hvac")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Vault)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server, {"VAULT_ADDR": f"http://127.0.0.1:{server.server_port}", "VAULT_TOKEN": "token-unique"}
    server.shutdown()
    server.server_close()


def test_vault(vault):
    server, environment = vault
    assert Resolver(environment).resolve("vault:kv/routers/noc#password").reveal() == SECRET
    assert Resolver(environment).resolve("vault:old/routers/noc#password").reveal() == SECRET
    namespace = {**environment, "VAULT_NAMESPACE": "net"}
    assert Resolver(namespace).resolve("vault:kv/routers/noc#password").reveal() == SECRET
    assert {command for command, _, _ in server.asked} == {"GET"}
    assert "net" in [name for _, _, name in server.asked]


def test_vault_that_does_not_give_it(vault):
    _, environment = vault

    def told(reference, **changes):
        with pytest.raises(CredentialError) as caught:
            Resolver({**environment, **changes}).resolve(reference)
        assert SECRET not in "".join(traceback.format_exception(caught.value))
        return str(caught.value)

    assert told("vault:kv/none#password") == "vault: kv/none: InvalidPath"
    assert told("vault:kv/routers/noc#other") == "vault: kv/routers/noc: KeyError"
    assert told("vault:kv/routers/noc#number") == "vault: kv/routers/noc: no text in field number"
    assert told("vault:kv/routers/noc#password", VAULT_TOKEN="wrong") == "vault: kv/routers/noc: Forbidden"
    assert told("vault:kv/routers/noc#password", VAULT_TOKEN="") == "vault: VAULT_ADDR and VAULT_TOKEN are not set"
    assert told("vault:kv") == "vault: expected vault:MOUNT/PATH#FIELD"
    closed = told("vault:kv/routers/noc#password", VAULT_ADDR="http://127.0.0.1:1")
    assert closed == "vault: kv/routers/noc: ConnectionError"
