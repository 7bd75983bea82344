"""Turns references into secrets, once a run, and keeps them from being printed.

Errors:
    CredentialError   a reference leads nowhere; the text names the reference, never a value
"""

import getpass
import os
import shlex
import subprocess
import sys
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
    """Resolves references and remembers them for the run."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self._environment = os.environ if environment is None else environment
        self._known: dict[str, Hidden] = {}

    def resolve(self, reference: str) -> Hidden:
        """The secret behind `env:NAME`, `keyring:SERVICE/USER`, `command:ARGV` or `prompt:TEXT`; empty for none."""
        if not reference:
            return Hidden("")
        if reference not in self._known:
            self._known[reference] = Hidden(self._look_up(reference))
        return self._known[reference]

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
    except Exception as error:  # noqa: BLE001  back ends of others
        raise CredentialError(f"keyring: {service}/{user}: {type(error).__name__}") from None
    if not value:
        raise CredentialError(f"keyring: no entry for {service}/{user}")
    return str(value)


def _from_command(rest: str) -> str:
    """The first line that the program prints. No shell; what it prints on stderr is not shown."""
    words = shlex.split(rest)
    try:
        done = subprocess.run(words, check=False, capture_output=True, timeout=_COMMAND_TIMEOUT, text=True)
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError, IndexError) as error:
        raise CredentialError(f"command: {words[:1]}: {type(error).__name__}") from None
    lines = done.stdout.splitlines()
    if done.returncode != 0 or not lines:
        raise CredentialError(f"command: {words[0]} ended with {done.returncode} and {len(lines)} lines")
    return lines[0]


def _from_prompt(rest: str) -> str:
    if not sys.stdin.isatty():
        raise CredentialError("prompt: needs a terminal")
    return getpass.getpass(f"{rest or 'Password'}: ")
