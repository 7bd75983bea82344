"""The SNMP library behind `Asker`: pysnmp, of which only the three reading operations are imported."""

from typing import Any

from pysnmp.carrier.asyncio.dgram.udp import UdpAsyncioTransport
from pysnmp.carrier.asyncio.dgram.udp6 import Udp6AsyncioTransport
from pysnmp.hlapi.v3arch.asyncio import (
    CommunityData,
    ContextData,
    ObjectIdentity,
    ObjectType,
    SnmpEngine,
    Udp6TransportTarget,
    UdpTransportTarget,
    UsmUserData,
    bulk_cmd,
    get_cmd,
    next_cmd,
    usmAesCfb128Protocol,
    usmAesCfb192Protocol,
    usmAesCfb256Protocol,
    usmDESPrivProtocol,
    usmHMAC128SHA224AuthProtocol,
    usmHMAC192SHA256AuthProtocol,
    usmHMAC256SHA384AuthProtocol,
    usmHMAC384SHA512AuthProtocol,
    usmHMACMD5AuthProtocol,
    usmHMACSHAAuthProtocol,
)
from pysnmp.proto.rfc1905 import EndOfMibView, NoSuchInstance, NoSuchObject

from auditor.collect.asker import Answer, TooBigError, UserRefusedError
from auditor.collect.documents import NotWholeError, RefusedError
from auditor.collect.login import SnmpUser
from auditor.platforms.redaction.forbidden import Oid, subtree

_AUTH = {
    "md5": usmHMACMD5AuthProtocol,
    "sha": usmHMACSHAAuthProtocol,
    "sha224": usmHMAC128SHA224AuthProtocol,
    "sha256": usmHMAC192SHA256AuthProtocol,
    "sha384": usmHMAC256SHA384AuthProtocol,
    "sha512": usmHMAC384SHA512AuthProtocol,
}
_PRIVACY = {
    "des": usmDESPrivProtocol,
    "aes128": usmAesCfb128Protocol,
    "aes192": usmAesCfb192Protocol,
    "aes256": usmAesCfb256Protocol,
}
_RETRIES = 2
_SECONDS = 3.0
_TOO_BIG = 1
_LOGIN = ("wrongDigest", "unknownUserName", "unsupportedSecurityLevel", "authorizationError", "decryptionError")


class _OfTheAgent:
    """Takes datagrams of the address alone that was asked (RFC 1157, 4.1): the library goes by the request's number."""

    _agent: tuple[Any, ...] = ()

    def send_message(self, message: bytes, address: Any) -> None:  # noqa: ANN401  a type of the library
        self._agent = tuple(address)[:2]
        super().send_message(message, address)  # type: ignore[misc]

    def datagram_received(self, datagram: bytes, address: Any) -> None:  # noqa: ANN401
        if tuple(address)[:2] == self._agent:
            super().datagram_received(datagram, address)  # type: ignore[misc]


class _Udp(_OfTheAgent, UdpAsyncioTransport):  # type: ignore[misc]
    """Over IPv4."""


class _Udp6(_OfTheAgent, Udp6AsyncioTransport):  # type: ignore[misc]
    """Over IPv6."""


class _Target(UdpTransportTarget):  # type: ignore[misc]
    PROTO_TRANSPORT = _Udp


class _Target6(Udp6TransportTarget):  # type: ignore[misc]
    PROTO_TRANSPORT = _Udp6


class PysnmpAsker:
    """One agent."""

    def __init__(self, engine: SnmpEngine, who: Any, where: Any) -> None:  # noqa: ANN401  types of the library
        self._engine = engine
        self._who = who
        self._where = where

    @classmethod
    async def open(cls, user: SnmpUser, address: str, seconds: float) -> "PysnmpAsker":
        """Ready to ask; nothing has been sent yet."""
        kind = _Target6 if ":" in address else _Target
        where = await kind.create((address, user.port), timeout=min(_SECONDS, seconds), retries=_RETRIES)
        return cls(SnmpEngine(), _who(user), where)

    async def get(self, objects: list[Oid]) -> list[Answer]:
        """The values of objects."""
        asked = [ObjectType(ObjectIdentity(one)) for one in objects]
        return _answers(await get_cmd(self._engine, self._who, self._where, ContextData(), *asked, lookupMib=False))

    async def following(self, start: Oid, count: int) -> list[Answer]:
        """At most so many objects behind one."""
        asked = ObjectType(ObjectIdentity(start))
        if count == 1:
            answer = await next_cmd(self._engine, self._who, self._where, ContextData(), asked, lookupMib=False)
        else:
            answer = await bulk_cmd(
                self._engine, self._who, self._where, ContextData(), 0, count, asked, lookupMib=False
            )
        return _answers(answer)

    def close(self) -> None:
        """Give the socket back."""
        self._engine.close_dispatcher()


def _who(user: SnmpUser) -> Any:  # noqa: ANN401  a type of the library
    if not user.username:
        return CommunityData(user.community.reveal(), mpModel=1)
    auth, privacy = user.auth_password.reveal(), user.privacy_password.reveal()
    protocols: dict[str, Any] = {}
    if auth:
        protocols["authProtocol"] = _AUTH[user.auth]
    if privacy:
        protocols["privProtocol"] = _PRIVACY[user.privacy]
    return UsmUserData(user.username, auth or None, privacy or None, **protocols)


def _answers(answer: Any) -> list[Answer]:  # noqa: ANN401  a tuple of the library
    indication, status, _index, objects = answer
    if indication:
        name = type(indication).__name__
        if name == "RequestTimedOut":
            raise TimeoutError
        if any(word.lower() == name.lower() for word in _LOGIN):
            raise UserRefusedError("the agent refused the user")
        if name == "EmptyResponse":
            return []
        raise NotWholeError(f"the agent's answer cannot be used ({name})")
    if int(status) == _TOO_BIG:
        raise TooBigError
    if int(status):
        raise RefusedError("the agent refused the request")
    return [_one(_oid(one[0]), one[1]) for one in objects]


def _one(name: Oid, value: Any) -> Answer:  # noqa: ANN401  a type of the library
    """An object of an answer; the value of a protected one is not even looked at."""
    kind = type(value).__name__
    if isinstance(value, EndOfMibView | NoSuchObject | NoSuchInstance):
        return Answer(name, "end" if isinstance(value, EndOfMibView) else "none", "", over=True)
    return Answer(name, kind, "" if subtree(name) else _text(kind, value), over=False)


def _oid(name: Any) -> Oid:  # noqa: ANN401  a type of the library
    return tuple(int(one) for one in tuple(name))


def _text(kind: str, value: Any) -> str:  # noqa: ANN401  a type of the library
    """Printable on one line, and the same text for the same value."""
    if kind == "OctetString":
        octets = bytes(value)
        printable = octets.isascii() and octets.decode("ascii").isprintable()
        return f'"{octets.decode("ascii")}"' if printable else "0x" + octets.hex()
    return str(value.prettyPrint())
