"""References to secrets."""

import builtins
import io
import subprocess
import sys
import threading
import time

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
