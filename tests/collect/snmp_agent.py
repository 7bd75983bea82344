"""An SNMP version 2c agent on 127.0.0.1 that answers from a table, records every request, and misbehaves."""

import bisect
import contextlib
import enum
import socket
import threading
import time
from collections import Counter

from pyasn1.codec.ber import decoder, encoder
from pysnmp.proto import api, rfc1905

from auditor.collect.oids import TABLES, oid

V2 = api.PROTOCOL_MODULES[api.SNMP_VERSION_2C]
NAMES = {V2.GetRequestPDU: "GET", V2.GetNextRequestPDU: "GETNEXT", rfc1905.GetBulkRequestPDU: "GETBULK"}


class Trap(enum.Enum):
    """What goes wrong."""

    NONE = "nothing"
    LOOP = "the same row again and again"
    BACK = "rows go back"
    ENDLESS = "rows without an end"
    EARLY = "the last rows are left out"
    SILENT_LATER = "no answer after some requests"
    TOO_BIG = "answers with more than one row are too big"
    OTHER = "a value of another object"
    SHUFFLED = "answers to GET in another order"
    EMPTY = "answers without rows"
    LOST = "every third request is lost, once"
    TWICE = "each answer comes twice"
    OTHER_REQUEST = "the answer to another request"
    OLD_FIRST = "an answer to an earlier request in front, with other values"
    OTHER_SENDER = "an answer from another address in front, with other values"
    GARBAGE = "a packet that is none in front"
    PAUSE = "a pause of seconds before some answers"
    BIG = "five megabytes"
    INVALID = "bytes that are no text"
    CUT_COLUMN = "a later column ends before its last rows"
    ONE_LESS = "a row in the middle of a later column is left out"
    ROWS_TWICE = "each row twice in one answer"
    FEW = "one row in each answer, however many are asked for"
    MANY = "more rows in an answer than were asked for"
    MORE_OBJECTS = "an object too many behind those that were asked for"
    FAILS_LATER = "a general error in the middle of a column"
    NULLS = "rows without values"
    TOO_BIG_LATER = "too big an answer with whatever number of rows, in the middle of a column"


MUST_BE_WHOLE = {
    Trap.NONE, Trap.TOO_BIG, Trap.LOST, Trap.TWICE, Trap.OLD_FIRST, Trap.OTHER_SENDER, Trap.GARBAGE, Trap.PAUSE, Trap.BIG,
    Trap.INVALID, Trap.FEW, Trap.MANY,
}  # fmt: skip
"""Harmless; the others may be whole or not collected, never anything else."""
OPER = (1, 3, 6, 1, 2, 1, 2, 2, 1, 8)
LATE = (1, 3, 6, 1, 2, 1, 2, 2, 1, 3, 1)
"""A place in the middle of the interfaces."""
SYSTEM, INTERFACES, ALIAS = (1, 3, 6, 1, 2, 1, 1), (1, 3, 6, 1, 2, 1, 2), (1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 18)


def router(trap=Trap.NONE):
    """The objects of a small router: system group, interfaces, aliases."""
    rows = range(1, 1701 if trap is Trap.BIG else 4)
    alias = b"\xff\xfe\x00 to Tr\xf8ms\xf8" if trap is Trap.INVALID else b"to Oslo"
    return {
        **{(*SYSTEM, number, 0): f"system {number}" for number in (1, 2, 4, 5, 6)},
        (*SYSTEM, 3, 0): 4711,
        (*INTERFACES, 1, 0): len(rows),
        **{(*INTERFACES, 2, 1, column, row): f"ge-0/0/{row}" if column == 2 else row for column in (1, 2, 3, 7, 8) for row in rows},
        **{(*ALIAS, row): alias * (420 if trap is Trap.BIG else 1) for row in rows},
    }  # fmt: skip


class Agent:
    """Knows `objects`: OID -> text or number."""

    def __init__(self, objects, *, community="public", trap=Trap.NONE):
        self.objects = dict(sorted(objects.items()))
        self._order = list(self.objects)
        self._count = Counter()
        """Requests of each client."""
        self.community = community
        self.trap = trap
        self.asked = []

    def __enter__(self):
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(0.1)
        self.port = self._socket.getsockname()[1]
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join(5)
        self._socket.close()

    def _run(self):
        while not self._over.is_set():
            with contextlib.suppress(TimeoutError):
                data, where = self._socket.recvfrom(65536)
                message, _ = decoder.decode(data, asn1Spec=V2.Message())
                if str(V2.apiMessage.get_community(message)) != self.community:
                    continue
                self._count[where] += 1
                answer = self._answer(message, self._count[where])
                if answer is not None:
                    self._send(answer, where, self._count[where])

    def _send(self, answer, where, number):
        sent = encoder.encode(answer)
        match self.trap:
            case Trap.LOST if number % 3 == 1:
                return
            case Trap.PAUSE if number % 7 == 2:
                # Others are answered meanwhile.
                threading.Timer(1.5, self._late, (sent, where)).start()
                return
            case Trap.TWICE:
                self._socket.sendto(sent, where)
            case Trap.GARBAGE:
                self._socket.sendto(b"\x30\x82\xff\xffnone", where)
            case Trap.OLD_FIRST | Trap.OTHER_REQUEST:
                self._socket.sendto(encoder.encode(self._forged(answer, 1)), where)
            case Trap.OTHER_SENDER:
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
                    other.sendto(encoder.encode(self._forged(answer, 0)), where)
                time.sleep(0.01)
        if self.trap is not Trap.OTHER_REQUEST:
            self._socket.sendto(sent, where)

    def _late(self, sent, where):
        with contextlib.suppress(OSError):
            self._socket.sendto(sent, where)

    def _forged(self, answer, step):
        """The answer with other values, and a number further on."""
        copy, _ = decoder.decode(encoder.encode(answer), asn1Spec=V2.Message())
        pdu = V2.apiMessage.get_pdu(copy)
        V2.apiPDU.set_request_id(pdu, int(V2.apiPDU.get_request_id(pdu)) + step)
        V2.apiPDU.set_varbinds(pdu, [(name, V2.OctetString("forged")) for name, _ in V2.apiPDU.get_varbinds(pdu)])
        return copy

    def _answer(self, message, number):
        request = V2.apiMessage.get_pdu(message)
        kind = NAMES.get(type(request), type(request).__name__)
        bulk = kind == "GETBULK"
        api_ = V2.apiBulkPDU if bulk else V2.apiPDU
        wanted = [tuple(name) for name, _ in api_.get_varbinds(request)]
        self.asked.append((kind, wanted))
        if self.trap is Trap.SILENT_LATER and number > 3:
            return None
        response = V2.apiMessage.get_response(message)
        pdu = V2.apiMessage.get_pdu(response)
        rows, status = self._rows(kind, wanted, int(V2.apiBulkPDU.get_max_repetitions(request)) if bulk else 1)
        if status:
            V2.apiPDU.set_error_status(pdu, status)
            rows = [(one, V2.Null("")) for one in wanted]
        V2.apiPDU.set_varbinds(pdu, rows)
        return response

    def _rows(self, kind, wanted, count):
        if kind == "GET":
            found = [(one, self._value(one)) for one in wanted]
            if self.trap is Trap.OTHER:
                found = [((*one[:-1], one[-1] + 1), value) for one, value in found]
            if self.trap is Trap.MORE_OBJECTS:
                found.append(((1, 3, 6, 1, 2, 1, 1, 9, 1), V2.Integer(1)))
            return (found[::-1] if self.trap is Trap.SHUFFLED else found), 0
        if wanted[0] > LATE and self.trap in (Trap.FAILS_LATER, Trap.TOO_BIG_LATER):
            return [], 5 if self.trap is Trap.FAILS_LATER else 1
        if self.trap is Trap.TOO_BIG and count > 1:
            return [], 1
        return self._following(wanted[0], count), 0

    def _following(self, start, count):
        match self.trap:
            case Trap.EMPTY:
                return []
            case Trap.LOOP:
                return [(one, self._value(one)) for one in list(self.objects)[8:9] * count if one > start[:10]]
            case Trap.BACK:
                rows = [one for one in self.objects if one > start][:2]
                return [(one, V2.Integer(1)) for one in (*rows, *rows[:1])]
            case Trap.ENDLESS:
                base = start if len(start) > 10 else (*start, 1)
                return [((*base[:-1], base[-1] + step), V2.Integer(1)) for step in range(1, count + 1)]
        begin = bisect.bisect_right(self._order, start)
        behind = self._order[begin : begin + count + 10]
        if self.trap is Trap.EARLY and len(behind) > 3:
            behind = [one for one in behind if one[-1] != 3]
        if self.trap in (Trap.CUT_COLUMN, Trap.ONE_LESS):
            left_out = {(*OPER, row) for row in ((2, 3) if self.trap is Trap.CUT_COLUMN else (2,))}
            behind = [one for one in behind if one not in left_out]
        count = {Trap.FEW: 1, Trap.MANY: count + 7}.get(self.trap, count)
        if self.trap is Trap.ROWS_TWICE:
            behind = [one for each in behind for one in (each, each)]
        found = [(one, V2.Null("") if self.trap is Trap.NULLS else self._value(one)) for one in behind[:count]]
        return found or [(start, rfc1905.endOfMibView)]

    def _value(self, one):
        value = self.objects.get(one)
        if value is None:
            return rfc1905.noSuchObject
        return V2.Integer(value) if isinstance(value, int) else V2.OctetString(value)


def shown(objects, document):
    """What a table's document has to say of these objects."""
    table = next(one for one in TABLES if one.document == document)
    wanted = [oid(text) for text in (*table.scalars, *table.columns)]
    rows = [(one, objects[one]) for root in wanted for one in sorted(objects) if one[: len(root)] == root]
    lines = [f".{'.'.join(map(str, one))} = {_printed(value)}\n" for one, value in rows]
    return "".join(lines) + f"# {len(rows)} objects\n"


def _printed(value):
    if isinstance(value, int):
        return f"Integer: {value}"
    octets = value if isinstance(value, bytes) else value.encode()
    plain = all(32 <= byte < 127 for byte in octets)
    return f'OctetString: "{octets.decode()}"' if plain else f"OctetString: 0x{octets.hex()}"
