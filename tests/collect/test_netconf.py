"""Collection over NETCONF: framing, numbers, content, and everything a peer can do wrong."""

import msgspec
import pytest

from auditor.collect import netconf
from auditor.collect.allowed import ForbiddenCommandError
from auditor.collect.door import Door
from auditor.collect.link import Stop
from auditor.collect.netconf import HELLO, Netconf, request
from auditor.model.snapshot import RUNNING
from auditor.platforms.common.netconf import GET_CONFIG
from auditor.platforms.juniper_junos import platform as junos
from tests.collect.netconf_server import NetconfServer, Trap
from tests.collect.support import FAST, login, reasons, texts, visit

DATA = (
    '<configuration xmlns="http://xml.juniper.net/xnm/1.1/xnm"><version>21.4R3.15</version>'
    "<system><host-name>r1</host-name></system><interfaces>"
    + "".join(
        f"<interface><name>ge-0/0/{number}</name><description>to Trømsø</description></interface>"
        for number in range(300)
    )
    + "</interfaces></configuration>"
)
BOTH = pytest.mark.parametrize("chunked", [True, False], ids=["1.1", "1.0"])


def made(server, folder, **limits):
    """A login whose first way is NETCONF."""
    plain = login(server, folder, netconf_port=server.port)
    return msgspec.structs.replace(
        plain,
        device=msgspec.structs.replace(plain.device, transport="netconf"),
        limits=msgspec.structs.replace(FAST, **limits),
    )


def ask(server, folder, **limits):
    way = Netconf(junos, Door(made(server, folder, **limits), Stop()))
    try:
        return way.ask(GET_CONFIG.name, 1.2)
    finally:
        way.close()


def reason(server, folder, **limits):
    """Why the reply was not taken."""
    with pytest.raises(Exception) as caught:
        ask(server, folder, **limits)
    assert type(caught.value).__name__ in ("NotWholeError", "TooLongError", "RefusedError", "Failure", "NoWayError")
    return str(caught.value)


@BOTH
def test_the_reply_comes_whole(chunked, tmp_path):
    with NetconfServer(DATA, chunked=chunked) as server:
        reply = ask(server, tmp_path).decode()
    assert (
        reply
        == f'<rpc-reply message-id="1" xmlns="{netconf.BASE_1_0.replace(":params:netconf", ":params:xml:ns:netconf")}"><data>{DATA}</data></rpc-reply>'
    )


@BOTH
def test_only_listed_operations_are_sent(chunked, tmp_path):
    with NetconfServer(DATA, chunked=chunked) as server:
        way = Netconf(junos, Door(made(server, tmp_path), Stop()))
        way.ask(GET_CONFIG.name, 1.2)
        way.ask(GET_CONFIG.name, 1.2)
        way.close()
        with pytest.raises(ForbiddenCommandError):
            way.ask("edit-config", 1.0)
    assert server.heard == [HELLO + "]]>]]>", request(1, GET_CONFIG.body), request(2, GET_CONFIG.body)]
    assert server.logins == 1


@pytest.mark.parametrize(
    ("trap", "wanted"),
    [
        (Trap.WRONG_NUMBER, "the reply is not the answer to this request"),
        (Trap.CUT, "the device closed the connection"),
        (Trap.SILENT, "no answer in time"),
        (Trap.ENDLESS, "the output is longer than 100000 bytes"),
        (Trap.TORN_XML, "the reply is not well-formed"),
        (Trap.ENTITIES, "the reply declares entities"),
        (Trap.ERROR, "the device refused it: access-denied: permission denied"),
        (Trap.EMPTY, "the reply holds no data"),
    ],
)
@BOTH
def test_what_is_not_whole_is_not_taken(trap, wanted, chunked, tmp_path):
    with NetconfServer(DATA, chunked=chunked, trap=trap) as server:
        assert reason(server, tmp_path, output=100_000) == wanted


def test_chunks_that_break_the_framing(tmp_path):
    with NetconfServer(DATA, trap=Trap.BAD_CHUNK) as server:
        assert reason(server, tmp_path) == "the device breaks the framing of NETCONF"
    with NetconfServer(DATA, trap=Trap.HUGE_CHUNK) as server:
        assert reason(server, tmp_path) == f"the output is longer than {FAST.output} bytes"


def test_small_pieces_do_no_harm(tmp_path):
    with NetconfServer(DATA, trap=Trap.PIECES) as server:
        assert DATA in ask(server, tmp_path).decode()


def test_the_end_mark_in_the_data(tmp_path):
    """Chunks carry it; framing 1.0 cannot, and the torn reply is noticed."""
    with NetconfServer(DATA, trap=Trap.QUOTED_END) as server:
        assert DATA in ask(server, tmp_path).decode()
    with NetconfServer(DATA, chunked=False, trap=Trap.QUOTED_END) as server:
        assert reason(server, tmp_path) == "the device went on after the end of its reply"


def test_a_device_without_netconf(tmp_path):
    with NetconfServer(DATA, trap=Trap.NO_SUBSYSTEM) as server:
        assert reason(server, tmp_path) == "the device has no NETCONF"


def test_no_greeting(tmp_path):
    with NetconfServer(DATA, trap=Trap.NO_HELLO) as server:
        told = reason(server, tmp_path, login=0.6)
        # Which of the two limits is met first is a matter of milliseconds.
        assert told.removeprefix(f"127.0.0.1 port {server.port}: NETCONF: ") in (
            "no answer in time",
            "the time for this device is over",
        )


def test_a_visit_by_netconf_first(tmp_path):
    """The configuration of Junos comes over NETCONF; what it does not bring is asked by the next way."""
    with NetconfServer(DATA) as server:
        login_ = made(server, tmp_path)
        snapshot = visit(server, tmp_path, device=login_.device, netconf_port=server.port)
    assert DATA in texts(snapshot)[RUNNING]
    assert snapshot.documents[0].collected_by == "netconf"
    assert set(reasons(snapshot)) == {"show version"}


def test_the_second_view_is_a_document_of_its_own(tmp_path):
    with NetconfServer(DATA) as server:
        login_ = made(server, tmp_path)
        device = msgspec.structs.replace(login_.device, channels=("netconf",))
        snapshot = visit(server, tmp_path, device=device, netconf_port=server.port)
    assert DATA in texts(snapshot)["netconf/running"]
    assert server.logins <= 3
