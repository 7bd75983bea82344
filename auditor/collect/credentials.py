"""Turns references into secrets, once a run, and keeps them from being printed.

Errors:
    CredentialError   a reference leads nowhere; the text names the reference, never a value
"""

import getpass
import os
import shlex
import stat
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

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
        """The secret behind a reference; empty for none.

        References: `env:NAME`, `file:PATH`, `keyring:SERVICE/USER`, `command:ARGV`, `prompt:TEXT`,
        `vault:MOUNT/PATH#FIELD`.
        """
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
            case "file":
                return _from_file(rest)
            case "vault":
                return _from_vault(rest, self._environment)
            case _:
                raise CredentialError("expected a reference env:, file:, keyring:, command:, prompt: or vault:")


def _from_file(rest: str) -> str:
    """The first line of a file that nobody but its owner may read."""
    path = Path(rest).expanduser()
    try:
        with path.open("rb") as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode):
                raise CredentialError(f"file: {rest}: no regular file")
            if state.st_mode & 0o077:
                raise CredentialError(f"file: {rest}: others may read it; chmod 600")
            if state.st_uid not in (os.geteuid(), 0):
                raise CredentialError(f"file: {rest}: belongs to somebody else")
            value = file.readline(65536).decode("utf-8").rstrip("\r\n")
    except OSError as error:
        raise CredentialError(f"file: {rest}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CredentialError(f"file: {rest}: no text") from None
    if not value:
        raise CredentialError(f"file: {rest}: its first line is empty")
    return value


def _from_vault(rest: str, environment: Mapping[str, str]) -> str:
    """A field of a secret in HashiCorp Vault's key-value store: version 2, else version 1.

    VAULT_ADDR says where, VAULT_TOKEN who; VAULT_NAMESPACE and VAULT_CACERT where they are needed.
    """
    try:
        import hvac  # noqa: PLC0415
    except ImportError:
        raise CredentialError("vault: needs the extra 'vault' (pip install telecom-exposure-auditor[vault])") from None
    path, hash_, field = rest.rpartition("#")
    mount, slash, inside = path.partition("/")
    if not (hash_ and slash and inside and field):
        raise CredentialError("vault: expected vault:MOUNT/PATH#FIELD")
    address, token = environment.get("VAULT_ADDR", ""), environment.get("VAULT_TOKEN", "")
    if not address or not token:
        raise CredentialError("vault: VAULT_ADDR and VAULT_TOKEN are not set")
    try:
        client = hvac.Client(
            url=address,
            token=token,
            namespace=environment.get("VAULT_NAMESPACE") or None,
            verify=environment.get("VAULT_CACERT") or True,
            timeout=_COMMAND_TIMEOUT,
        )
        try:
            answer = client.secrets.kv.v2.read_secret_version(
                path=inside, mount_point=mount, raise_on_deleted_version=True
            )["data"]["data"]
        except hvac.exceptions.InvalidPath:
            answer = client.secrets.kv.v1.read_secret(path=inside, mount_point=mount)["data"]
        value = answer[field]
    except Exception as error:  # noqa: BLE001  the library's texts quote the server, which may quote anything
        raise CredentialError(f"vault: {path}: {type(error).__name__}") from None
    if not isinstance(value, str) or not value:
        raise CredentialError(f"vault: {path}: no text in field {field}")
    return value


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
