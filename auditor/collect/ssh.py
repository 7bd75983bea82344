"""Collection over SSH: an exec channel per command where the platform has it, else netmiko's command line.

Errors:
    ForbiddenCommandError   somebody asked for a command that is not on the platform's list; a defect of ours
"""

import socket
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from auditor.collect.credentials import Hidden
from auditor.collect.documents import NotWholeError, RefusedError, document, not_collected, refused
from auditor.collect.trust import fingerprint, host_name, stored
from auditor.model.device import Device
from auditor.model.snapshot import CollectionError, Document, Snapshot
from auditor.platforms.common.definition import Command, PlatformDefinition, Transport
from auditor.syntax.text import decode

if TYPE_CHECKING:
    import paramiko

MAX_OUTPUT = 32 * 1024 * 1024
"""Bytes of one output; what is longer is not collected."""


class ForbiddenCommandError(Exception):
    """A command that is not on the list of its platform."""


class Limits(msgspec.Struct, frozen=True):
    """Times in seconds."""

    connect: float = 10.0
    login: float = 20.0
    command: float = 120.0
    device: float = 300.0


class Login(msgspec.Struct, frozen=True):
    """What is needed to log in to a device. Secrets are hidden from every print."""

    device: Device
    username: str
    password: Hidden
    enable: Hidden
    key_file: str
    known_hosts: Path
    limits: Limits = Limits()


class _Failure(Exception):
    """The device cannot be read any further; the text is for a person."""


def collect_ssh(login: Login, definition: PlatformDefinition) -> Snapshot:
    """Documents of a device. Whatever goes wrong becomes an error of the snapshot, never an exception."""
    deadline = time.monotonic() + login.limits.device
    documents: list[Document] = []
    errors: list[CollectionError] = []
    way = _over_exec if definition.transport is Transport.EXEC else _over_cli
    try:
        for outcome in way(login, definition, deadline):
            (documents if isinstance(outcome, Document) else errors).append(outcome)  # type: ignore[arg-type]
    except _Failure as failure:
        errors.append(CollectionError(str(failure)))
    return Snapshot(login.device, tuple(documents), tuple(errors))


# --- exec channels -------------------------------------------------------------------------------------------------


def _over_exec(login: Login, definition: PlatformDefinition, deadline: float) -> Iterator[Document | CollectionError]:
    client = _connect(login)
    try:
        for command in definition.commands:
            yield _one_exec(client, definition, command, login.limits, deadline)
    finally:
        client.close()


def _one_exec(
    client: "paramiko.SSHClient", definition: PlatformDefinition, command: Command, limits: Limits, deadline: float
) -> Document | CollectionError:
    reason = ""
    for _attempt in range(2):
        try:
            output = _first_accepted(
                command,
                lambda text: _exec(client, definition, text, min(limits.command, deadline - time.monotonic())),
                definition,
            )
            return document(definition, command, output, "ssh exec")
        except RefusedError as error:
            return not_collected(command, str(error))
        except (NotWholeError, TimeoutError, OSError, EOFError) as error:
            reason = str(error) or type(error).__name__
        if time.monotonic() > deadline:
            reason = "the time for this device is over"
            break
    return not_collected(command, reason)


def _first_accepted(command: Command, send: Callable[[str], bytes], definition: PlatformDefinition) -> bytes:
    """The output of the first spelling that the device carries out."""
    refusal = "the device refused it"
    for text in command.send:
        try:
            output = send(text)
        except RefusedError as error:
            refusal = str(error)
            continue
        said = refused(definition, output)
        if not said:
            return output
        refusal = f"the device refused it: {said}"
    raise RefusedError(refusal)


def allowed(definition: PlatformDefinition, text: str) -> str:
    """The command, if it is on the platform's list; every transport sends through here."""
    if not any(text in command.send for command in definition.commands):
        raise ForbiddenCommandError("a command that is not on the platform's list was about to be sent")
    return text


def _exec(client: "paramiko.SSHClient", definition: PlatformDefinition, text: str, seconds: float) -> bytes:
    transport = client.get_transport()
    if transport is None or seconds <= 0:
        raise TimeoutError("the time for this device is over")
    end = time.monotonic() + seconds
    channel = transport.open_session(timeout=seconds)
    try:
        channel.settimeout(1.0)
        channel.set_combine_stderr(True)
        channel.exec_command(allowed(definition, text))
        output = bytearray()
        while True:
            try:
                piece = channel.recv(65536)
            except TimeoutError:
                piece = None
            if piece == b"":
                break
            output += piece or b""
            if len(output) > MAX_OUTPUT:
                raise NotWholeError(f"the output is longer than {MAX_OUTPUT} bytes")
            if time.monotonic() > end:
                raise TimeoutError(f"no end of the output within {seconds:.0f} s")
        if channel.recv_exit_status() not in (0, -1):
            raise RefusedError(f"the command ended with status {channel.recv_exit_status()}")
        return bytes(output)
    finally:
        channel.close()


def _connect(login: Login) -> "paramiko.SSHClient":
    import paramiko  # noqa: PLC0415

    client = paramiko.SSHClient()
    if login.known_hosts.is_file():
        client.load_host_keys(str(login.known_hosts))
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    try:
        client.connect(
            login.device.address,
            port=login.device.port,
            username=login.username,
            password=login.password.reveal() or None,
            key_filename=str(Path(login.key_file).expanduser()) if login.key_file else None,
            allow_agent=False,
            look_for_keys=False,
            timeout=login.limits.connect,
            banner_timeout=login.limits.login,
            auth_timeout=login.limits.login,
        )
    except Exception as error:  # noqa: BLE001  paramiko lets errors of sockets and of its own through
        client.close()
        raise _Failure(_why(error, login)) from None
    return client


# --- command line --------------------------------------------------------------------------------------------------


def _over_cli(login: Login, definition: PlatformDefinition, deadline: float) -> Iterator[Document | CollectionError]:
    connection = _open_cli(login, definition)
    prompt = str(connection.base_prompt)
    try:
        for command in definition.commands:
            yield _one_cli(connection, login, definition, command, prompt, deadline)
    finally:
        _close(connection)


def _one_cli(
    connection: Any, login: Login, definition: PlatformDefinition, command: Command, prompt: str, deadline: float
) -> Document | CollectionError:
    """The output over the command line; if it is not whole, once more over an exec channel."""
    seconds = min(login.limits.command, deadline - time.monotonic())
    if seconds <= 0:
        return not_collected(command, "the time for this device is over")
    try:
        output = _first_accepted(command, lambda text: _send(connection, definition, text, seconds), definition)
        return document(definition, command, _unquoted(output, prompt), "ssh command line")
    except RefusedError as error:
        return not_collected(command, str(error))
    except NotWholeError as error:
        reason = str(error)
    except _transport_errors() as error:
        reason = _said(error)
    return _again_over_exec(login, definition, command, prompt, reason, deadline)


def _again_over_exec(
    login: Login, definition: PlatformDefinition, command: Command, prompt: str, reason: str, deadline: float
) -> Document | CollectionError:
    try:
        client = _connect(login)
        try:
            limits = msgspec.structs.replace(login.limits, command=min(30.0, login.limits.command))
            second = _one_exec(client, definition, command, limits, deadline)
        finally:
            client.close()
        if isinstance(second, Document):
            _unquoted(second.content, prompt)
            return second
    except (_Failure, NotWholeError) as error:
        reason = f"{reason}; a second try by another way: {error}"
    return not_collected(command, reason)


def _unquoted(output: bytes, prompt: str) -> bytes:
    """The output, unless the device's own prompt stands in it: that is how the rest would be hidden from a reader."""
    for number, line in enumerate(decode(output), 1):
        text = line.strip()
        if prompt and text.startswith(prompt) and text[len(prompt) : len(prompt) + 1] in ("#", ">"):
            raise NotWholeError(
                f"the output quotes the device's own prompt at line {number}: what follows may be hidden from readers"
            )
    return output


def _send(connection: Any, definition: PlatformDefinition, text: str, seconds: float) -> bytes:
    output = connection.send_command(allowed(definition, text), read_timeout=seconds)
    encoded = str(output).encode("utf-8", "surrogateescape")
    if len(encoded) > MAX_OUTPUT:
        raise NotWholeError(f"the output is longer than {MAX_OUTPUT} bytes")
    return encoded


def _open_cli(login: Login, definition: PlatformDefinition) -> Any:
    from netmiko import ConnectHandler  # noqa: PLC0415

    try:
        connection = ConnectHandler(
            device_type=definition.driver,
            host=login.device.address,
            port=login.device.port,
            username=login.username,
            password=login.password.reveal(),
            secret=login.enable.reveal(),
            use_keys=bool(login.key_file),
            key_file=str(Path(login.key_file).expanduser()) if login.key_file else None,
            allow_agent=False,
            # netmiko accepts unknown keys unless told otherwise.
            ssh_strict=True,
            system_host_keys=False,
            alt_host_keys=True,
            alt_key_file=str(login.known_hosts),
            conn_timeout=login.limits.connect,
            auth_timeout=login.limits.login,
            banner_timeout=login.limits.login,
        )
        if login.enable and not connection.check_enable_mode():
            connection.enable()
    except Exception as error:  # noqa: BLE001  netmiko lets errors of sockets and of its own through
        raise _Failure(_why(error, login)) from None
    return connection


def _close(connection: Any) -> None:
    try:
        connection.disconnect()
    except Exception:  # noqa: BLE001  the device may have gone; what was collected stays
        return


def _transport_errors() -> tuple[type[BaseException], ...]:
    import paramiko  # noqa: PLC0415
    from netmiko.exceptions import NetmikoBaseException  # noqa: PLC0415

    return (NetmikoBaseException, paramiko.SSHException, OSError, EOFError, ValueError)


# --- what a person is told -----------------------------------------------------------------------------------------


def _said(error: BaseException) -> str:
    """The kind of an error in plain words. Texts of the libraries may quote the device and are left out."""
    name = type(error).__name__
    plain = {
        "ReadTimeout": "no prompt came back in time",
        "EOFError": "the device closed the connection",
        "ConnectionResetError": "the device reset the connection",
    }
    return plain.get(name, "the connection broke" if isinstance(error, OSError) else name)


def _why(error: BaseException, login: Login) -> str:
    """Why a login failed."""
    import paramiko  # noqa: PLC0415

    device = login.device
    chain = list(_chain(error))
    names = {type(link).__name__ for link in chain}
    text = " ".join(str(link) for link in chain)
    bad = next((link for link in chain if isinstance(link, paramiko.BadHostKeyException)), None)
    if bad is not None:
        was, shown = fingerprint(bad.expected_key), fingerprint(bad.key)
        return f"the host key of {host_name(device)} changed: was {was}, is {shown}; nothing was sent"
    if "not found in known_hosts" in text:
        return (
            f"the host key of {host_name(device)} is not known; compare and accept it with: "
            f"auditor inventory trust INVENTORY --only {device.name}"
        )
    if _other_type_known(login, text):
        return f"the host key of {host_name(device)} is of another type than the stored one; nothing was sent"
    if names & {"AuthenticationException", "NetmikoAuthenticationException", "BadAuthenticationType"}:
        return f"the login of {login.username} was refused"
    if names & {"gaierror"}:
        return f"the name {device.address} cannot be resolved"
    if names & {"ConnectionRefusedError"} or "NoValidConnectionsError" in names:
        return f"{device.address} port {device.port}: connection refused or unreachable"
    if names & {"TimeoutError", "timeout", "NetmikoTimeoutException", "ReadTimeout"}:
        return f"{device.address} port {device.port}: no answer in time"
    if isinstance(error, OSError | EOFError | socket.error):
        return f"{device.address} port {device.port}: the device closed the connection"
    return f"{device.address} port {device.port}: {type(error).__name__}"


def _other_type_known(login: Login, text: str) -> bool:
    return "host key" in text.lower() and stored(login.known_hosts).lookup(host_name(login.device)) is not None


def _chain(error: BaseException) -> Iterable[BaseException]:
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or link.__context__
