"""An SNMP version 2c agent on 127.0.0.1 that answers from a table, records every request, and misbehaves."""

import contextlib
import enum
import socket
import threading

from pyasn1.codec.ber import decoder, encoder
from pysnmp.proto import api, rfc1905

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


class Agent:
    """Knows `objects`: OID -> text or number."""

    def __init__(self, objects, *, community="public", trap=Trap.NONE):
        self.objects = dict(sorted(objects.items()))
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
                answer = self._answer(message)
                if answer is not None:
                    self._socket.sendto(encoder.encode(answer), where)

    def _answer(self, message):
        request = V2.apiMessage.get_pdu(message)
        kind = NAMES.get(type(request), type(request).__name__)
        bulk = kind == "GETBULK"
        api_ = V2.apiBulkPDU if bulk else V2.apiPDU
        wanted = [tuple(name) for name, _ in api_.get_varbinds(request)]
        self.asked.append((kind, wanted))
        if self.trap is Trap.SILENT_LATER and len(self.asked) > 3:
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
            return (found[::-1] if self.trap is Trap.SHUFFLED else found), 0
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
        behind = [one for one in self.objects if one > start]
        if self.trap is Trap.EARLY and len(behind) > 3:
            behind = [one for one in behind if one[-1] != 3]
        found = [(one, self._value(one)) for one in behind[:count]]
        return found or [(start, rfc1905.endOfMibView)]

    def _value(self, one):
        value = self.objects.get(one)
        if value is None:
            return rfc1905.noSuchObject
        return V2.Integer(value) if isinstance(value, int) else V2.OctetString(value)
