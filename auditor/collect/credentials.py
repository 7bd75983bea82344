"""Turns references into secrets, once a run, and keeps them from being printed.

Errors:
    CredentialError   a reference leads nowhere; the text names the reference, never a value
"""

import getpass
import os
import shlex
import subprocess
import sys
import threading
from collections.abc import Mapping

_COMMAND_TIMEOUT = 10.0
"""Seconds that a password manager may take."""


class CredentialError(Exception):
    """A credential cannot be had."""


class Hidden:
    """A secret value that shows itself only when asked by name."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The value; for the transport alone."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return "Hidden()"

    __str__ = __repr__


class Resolver:
    """Resolves references and remembers them for the run; whoever comes meanwhile waits, so that nobody is asked twice."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self._environment = os.environ if environment is None else environment
        self._known: dict[str, Hidden | CredentialError] = {}
        self._lock = threading.Lock()

    def resolve(self, reference: str) -> Hidden:
        """The secret behind `env:NAME`, `keyring:SERVICE/USER`, `command:ARGV` or `prompt:TEXT`; empty for none."""
        if not reference:
            return Hidden("")
        with self._lock:
            if reference not in self._known:
                self._known[reference] = self._try(reference)
            found = self._known[reference]
        if isinstance(found, CredentialError):
            raise CredentialError(str(found))
        return found

    def _try(self, reference: str) -> Hidden | CredentialError:
        try:
            return Hidden(self._look_up(reference))
        except CredentialError as error:
            return error

    def _look_up(self, reference: str) -> str:
        kind, _, rest = reference.partition(":")
        match kind:
            case "env":
                value = self._environment.get(rest)
                if not value:
                    raise CredentialError(f"the environment variable {rest} is not set")
                return value
            case "keyring":
                return _from_keyring(rest)
            case "command":
                return _from_command(rest)
            case "prompt":
                return _from_prompt(rest)
            case _:
                raise CredentialError("expected a reference env:, keyring:, command: or prompt:")


def _from_keyring(rest: str) -> str:
    try:
        import keyring  # noqa: PLC0415
    except ImportError:
        raise CredentialError(
            "keyring: needs the extra 'keyring' (pip install telecom-exposure-auditor[keyring])"
        ) from None
    service, _, user = rest.partition("/")
    try:
        value = keyring.get_password(service, user)
    except Exception as error:  # noqa: BLE001  back ends of others, whose texts may quote anything
        raise CredentialError(f"keyring: {service}/{user}: {type(error).__name__}") from None
    if not value:
        raise CredentialError(f"keyring: no entry for {service}/{user}")
    return str(value)


def _from_command(rest: str) -> str:
    """The first line that the program prints. No shell; what it prints on stderr is not shown."""
    words = _words(rest)
    try:
        done = subprocess.run(words, check=False, capture_output=True, timeout=_COMMAND_TIMEOUT, text=True)
    except subprocess.TimeoutExpired:
        raise CredentialError(f"command: {words[0]} did not end within {_COMMAND_TIMEOUT:.0f} s") from None
    except (OSError, UnicodeDecodeError, ValueError) as error:
        detail = error.strerror if isinstance(error, OSError) else type(error).__name__
        raise CredentialError(f"command: {words[0]}: {detail}") from None
    lines = done.stdout.splitlines()
    if done.returncode != 0:
        raise CredentialError(f"command: {words[0]} ended with status {done.returncode}")
    if not lines or not lines[0]:
        raise CredentialError(f"command: {words[0]} printed nothing")
    return lines[0]


def _words(rest: str) -> list[str]:
    try:
        words = shlex.split(rest)
    except ValueError:
        words = []
    if not words:
        raise CredentialError("command: expected a program and its arguments")
    return words


def _from_prompt(rest: str) -> str:
    if not sys.stdin.isatty():
        raise CredentialError("prompt: needs a terminal")
    try:
        value = getpass.getpass(f"{rest or 'Password'}: ")
    except EOFError:
        value = ""
    if not value:
        raise CredentialError("prompt: nothing was entered")
    return value
