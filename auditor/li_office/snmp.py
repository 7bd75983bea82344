"""SNMPv3 with authentication and privacy, GETNEXT only, by pysnmp.

pysnmp checks the authentication of every answer (RFC 3414) and, with the engine id of its own making, writes nothing
to disk.

Errors:
    Refused     the principal is not authPriv, or its algorithms are broken ones
    ReadError   no answer, or the agent refuses
"""

import asyncio
import socket
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from auditor.li_office import private
from auditor.li_office.refusal import Refused
from auditor.li_office.rules import Oid, text
from auditor.li_office.walker import ReadError, Value

PRINCIPAL_SCHEMA = "auditor/li-principal/1"
AUTHENTICATION = {
    "sha": "USM_AUTH_HMAC96_SHA",
    "sha-224": "USM_AUTH_HMAC128_SHA224",
    "sha-256": "USM_AUTH_HMAC192_SHA256",
    "sha-384": "USM_AUTH_HMAC256_SHA384",
    "sha-512": "USM_AUTH_HMAC384_SHA512",
}
# For AES-192 and -256 Cisco makes long keys in the way of draft-reeder-snmpv3-usm-3desede.
PRIVACY = {
    "aes-128": "USM_PRIV_CFB128_AES",
    "aes-192": "USM_PRIV_CFB192_AES",
    "aes-256": "USM_PRIV_CFB256_AES",
}
_SHORTEST_KEY = 8
"""RFC 3414, 11.2."""
_TIMEOUT = 5
_RETRIES = 2
_LIMIT = 4096
_LONGEST = 600
"""Seconds that one device may take."""


class Principal(msgspec.Struct, frozen=True):
    """The office's read-only SNMPv3 user."""

    user: str
    authentication: str
    authentication_key: str
    privacy: str
    privacy_key: str

    def __repr__(self) -> str:
        return "Principal()"


class _PrincipalFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: str
    user: str
    authentication: str = ""
    authentication_key: str = ""
    privacy: str = ""
    privacy_key: str = ""
    version: str = "3"
    community: str = ""


def read_principal(path: Path) -> Principal:
    """The principal from a file that only its owner may read."""
    try:
        file = msgspec.json.decode(private.read(path, _LIMIT), type=_PrincipalFile)
    except ValueError:
        raise Refused(f"{path}: is no SNMP principal ({PRINCIPAL_SCHEMA})") from None
    if file.schema != PRINCIPAL_SCHEMA:
        raise Refused(f"{path}: is no SNMP principal ({PRINCIPAL_SCHEMA})")
    if file.version != "3" or file.community:
        raise Refused("SNMPv1 and v2c are refused: a community goes over the network in clear")
    return checked(Principal(file.user, file.authentication, file.authentication_key, file.privacy, file.privacy_key))


def ask_principal(ask: Callable[[str], str], ask_hidden: Callable[[str], str]) -> Principal:
    """The principal, typed."""
    return checked(
        Principal(
            user=ask("SNMPv3 user: ").strip(),
            authentication=ask(f"Authentication ({', '.join(AUTHENTICATION)}): ").strip().lower(),
            authentication_key=ask_hidden("Authentication key: "),
            privacy=ask(f"Privacy ({', '.join(PRIVACY)}): ").strip().lower(),
            privacy_key=ask_hidden("Privacy key: "),
        )
    )


def checked(principal: Principal) -> Principal:
    """The principal, where it is authPriv with algorithms that hold."""
    if not principal.user:
        raise Refused("the SNMP principal has no user")
    if not principal.authentication_key or not principal.authentication:
        raise Refused("noAuthNoPriv is refused: the SNMP principal needs authentication and privacy")
    if not principal.privacy_key or not principal.privacy:
        raise Refused("authNoPriv is refused: answers would go over the network in clear")
    if principal.authentication not in AUTHENTICATION:
        raise Refused(f"the SNMP principal's authentication must be one of {', '.join(AUTHENTICATION)}")
    if principal.privacy not in PRIVACY:
        raise Refused(f"the SNMP principal's privacy must be one of {', '.join(PRIVACY)}")
    if min(len(principal.authentication_key), len(principal.privacy_key)) < _SHORTEST_KEY:
        raise Refused(f"the SNMP principal's keys need at least {_SHORTEST_KEY} characters")
    return principal


class SnmpReader:
    """A session with one agent; use as a context manager."""

    def __init__(self, address: str, port: int, principal: Principal) -> None:
        self._address = address
        self._port = port
        self._principal = principal
        self._runner = asyncio.Runner()
        self._session: _Session | None = None
        self._until = time.monotonic() + _LONGEST

    def __enter__(self) -> "SnmpReader":
        self._session = self._runner.run(_Session.open(self._address, self._port, self._principal))
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            self._session.close()
        self._runner.close()

    def next(self, oids: tuple[Oid, ...]) -> tuple[tuple[Oid, Value] | None, ...]:
        """See `walker.Reader`."""
        if self._session is None:
            raise ReadError("no session")
        if time.monotonic() > self._until:
            raise ReadError(f"the device took longer than {_LONGEST} s")
        return self._runner.run(self._session.next(oids))


class _Session:
    """The objects of pysnmp that one agent needs."""

    def __init__(self, engine: Any, user: Any, target: Any) -> None:  # noqa: ANN401  pysnmp is untyped
        self._engine = engine
        self._user = user
        self._target = target

    @classmethod
    async def open(cls, address: str, port: int, principal: Principal) -> "_Session":
        from pysnmp.hlapi.v3arch import asyncio as snmp  # noqa: PLC0415

        family, where = _resolved(address, port)
        transport = snmp.Udp6TransportTarget if family == socket.AF_INET6 else snmp.UdpTransportTarget
        user = snmp.UsmUserData(
            principal.user,
            principal.authentication_key,
            principal.privacy_key,
            authProtocol=getattr(snmp, AUTHENTICATION[principal.authentication]),
            privProtocol=getattr(snmp, PRIVACY[principal.privacy]),
        )
        target = await transport.create(where, timeout=_TIMEOUT, retries=_RETRIES)
        return cls(snmp.SnmpEngine(), user, target)

    async def next(self, oids: tuple[Oid, ...]) -> tuple[tuple[Oid, Value] | None, ...]:
        from pysnmp.hlapi.v3arch import asyncio as snmp  # noqa: PLC0415

        names = [snmp.ObjectType(snmp.ObjectIdentity(text(oid))) for oid in oids]
        failure, status, _index, answers = await snmp.next_cmd(
            self._engine, self._user, self._target, snmp.ContextData(), *names, lookupMib=False
        )
        if failure:
            silent = type(failure).__name__ == "RequestTimedOut"
            raise ReadError("no answer" if silent else "the agent or the session refuses the principal")
        if int(status):
            raise ReadError("the agent refuses the request")
        return tuple(_answer(name, value) for name, value in answers)

    def close(self) -> None:
        self._engine.close_dispatcher()


def _resolved(address: str, port: int) -> tuple[int, tuple[str, int]]:
    try:
        family, _type, _protocol, _name, where = socket.getaddrinfo(address, port, type=socket.SOCK_DGRAM)[0]
    except OSError:
        raise ReadError("the address cannot be resolved") from None
    return family, (str(where[0]), int(where[1]))


def _answer(name: Any, value: Any) -> tuple[Oid, Value] | None:  # noqa: ANN401  pysnmp is untyped
    """The OID and a number or octets; None for the ends that RFC 3416 names; other types count as no octets."""
    kind = type(value).__name__
    if kind in ("EndOfMibView", "NoSuchObject", "NoSuchInstance"):
        return None
    oid = tuple(int(number) for number in str(name).split("."))
    if kind in ("OctetString", "IpAddress", "Opaque"):
        return oid, bytes(value)
    return oid, int(value) if kind in (
        "Integer",
        "Integer32",
        "Unsigned32",
        "Gauge32",
        "Counter32",
        "Counter64",
        "TimeTicks",
    ) else b""
