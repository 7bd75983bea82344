"""Collection over SNMP: only reading, whole tables, and nothing of intercepts."""

import ast
import asyncio
import contextlib
import os
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path

import msgspec
import pytest

import auditor
from auditor.collect import snmp
from auditor.collect.credentials import Hidden
from auditor.collect.link import Stop
from auditor.collect.login import SnmpUser
from auditor.collect.oids import TABLES, oid
from auditor.collect.pysnmp_reader import PysnmpAsker
from auditor.collect.snmp import Walker, tables
from auditor.model.areas import ProbeAnswer
from auditor.model.probe import LI_MIB, LiMibRecord
from auditor.model.snapshot import CollectionError, Document
from auditor.platforms.redaction.forbidden import CAPABILITIES, SUBTREES
from lab.li_tap import PASSWORDS, TapAgent
from tests.accounts import blocks
from tests.collect.exec_server import ExecServer
from tests.collect.snmp_agent import MUST_BE_WHOLE, Agent, Trap, router, shown
from tests.collect.support import FAST, login
from tests.collect.test_exec import GOOD
from tests.li_office.conftest import tap

COMMUNITY = "Community-unique-7d1f"
IF = oid("1.3.6.1.2.1.2")
TAP = oid("1.3.6.1.4.1.9.9.399.1.2.1.1.3")
OBJECTS = {
    **{oid(f"1.3.6.1.2.1.1.{number}.0"): f"system {number}" for number in (1, 2, 4, 5, 6)},
    oid("1.3.6.1.2.1.1.3.0"): 4711,
    (*IF, 1, 0): 3,
    **{
        (*IF, 2, 1, column, row): row if column != 2 else f"ge-0/0/{row}"
        for column in (1, 2, 3, 7, 8)
        for row in (1, 2, 3)
    },
    **{oid(f"1.3.6.1.2.1.31.1.1.1.18.{row}"): b"to Tr\xf8ms\xf8" for row in (1, 2, 3)},
    (*TAP, 1, 1): 1,
}


def inside(one, root):
    return one[: len(root)] == root


NAMES = {LI_MIB, *(table.document for table in TABLES)}


@pytest.fixture
def made(tmp_path):
    """A login with a community for an agent."""

    def make(port, user=None, **limits):
        with ExecServer(GOOD) as server:
            plain = login(server, tmp_path)
        user = user or SnmpUser(community=Hidden(COMMUNITY), port=port)
        return msgspec.structs.replace(
            plain, snmp=user, limits=msgspec.structs.replace(FAST, **{"command": 15.0, **limits})
        )

    return make


def collected(made, agent, seconds=20.0, **limits):
    found = tables(made(agent.port, **limits), time.monotonic() + seconds, Stop())
    documents = {one.name: one.content.decode() for one in found if isinstance(one, Document)}
    reasons = {one.document: one.reason for one in found if isinstance(one, CollectionError)}
    return documents, reasons


def test_tables_become_documents(made):
    with Agent(OBJECTS, community=COMMUNITY) as agent:
        documents, reasons = collected(made, agent)
    assert (set(documents), reasons) == (NAMES, {})
    assert documents["snmp/system"].splitlines() == [
        '.1.3.6.1.2.1.1.1.0 = OctetString: "system 1"',
        '.1.3.6.1.2.1.1.2.0 = OctetString: "system 2"',
        ".1.3.6.1.2.1.1.3.0 = Integer32: 4711"
        if "Integer32" in documents["snmp/system"]
        else ".1.3.6.1.2.1.1.3.0 = Integer: 4711",
        '.1.3.6.1.2.1.1.4.0 = OctetString: "system 4"',
        '.1.3.6.1.2.1.1.5.0 = OctetString: "system 5"',
        '.1.3.6.1.2.1.1.6.0 = OctetString: "system 6"',
        "# 6 objects",
    ]
    assert documents["snmp/interfaces"].count('= OctetString: "ge-0/0/') == 3
    assert ".1.3.6.1.2.1.31.1.1.1.18.2 = OctetString: 0x" + b"to Tr\xf8ms\xf8".hex() in documents["snmp/interfaces"]
    assert documents["snmp/interfaces"].endswith("# 18 objects\n")
    assert documents["snmp/bgp-peers"] == "# 0 objects\n"


def test_only_reading_operations_and_listed_objects_are_sent(made):
    with Agent(OBJECTS, community=COMMUNITY) as agent:
        collected(made, agent)
    listed = [oid(text) for table in TABLES for text in (*table.scalars, *table.columns, table.count) if text]
    assert {kind for kind, _ in agent.asked} <= {"GET", "GETNEXT", "GETBULK"}
    for _, wanted in agent.asked:
        assert wanted == list(CAPABILITIES.values()) or all(any(inside(one, root) for root in listed) for one in wanted)


def test_rows_of_intercepts_are_never_asked_for_nor_kept(made):
    """The tap table comes right behind the last column in this agent's view."""
    with Agent(OBJECTS, community=COMMUNITY) as agent:
        documents, _ = collected(made, agent)
    assert not any(inside(one, root) for _, wanted in agent.asked for one in wanted for root in SUBTREES)
    assert not any(".399." in text for text in documents.values())


def test_no_operation_that_writes_exists_in_the_code():
    for path in Path(auditor.__file__).parent.rglob("*.py"):
        text = path.read_text()
        if "pysnmp" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            assert not [name for name in names if "set" in name.lower() and "cmd" in name.lower()], path
            assert "*" not in names, path
            assert not (isinstance(node, ast.Attribute) and node.attr in ("set_cmd", "setCmd")), path
            assert not (isinstance(node, ast.Name) and node.id in ("set_cmd", "setCmd")), path


@pytest.mark.parametrize(
    ("trap", "wanted"),
    [
        (Trap.LOOP, "the agent goes back in its table: the walk would never end"),
        (Trap.BACK, "the agent goes back in its table: the walk would never end"),
        (Trap.ENDLESS, "the table has more than 500 rows"),
        (Trap.EARLY, "2 rows came, the device says that there are 3"),
        (Trap.EMPTY, "the agent answers with nothing"),
    ],
)
def test_a_walk_that_is_not_whole_is_not_collected(trap, wanted, made):
    with Agent(OBJECTS, community=COMMUNITY, trap=trap) as agent:
        documents, reasons = collected(made, agent, rows=500)
    assert reasons["snmp/interfaces"] == f"not collected: {wanted}"
    assert "snmp/system" in documents


@pytest.mark.parametrize("trap", list(Trap), ids=lambda trap: trap.name.lower())
def test_whole_or_not_collected(trap, made, monkeypatch):
    monkeypatch.setattr("auditor.collect.pysnmp_reader._SECONDS", 2.0 if trap is Trap.PAUSE else 0.4)
    with Agent(router(trap), community=COMMUNITY, trap=trap) as agent:
        documents, reasons = collected(made, agent, 60.0, rows=60_000 if trap is Trap.BIG else 500, command=60.0)
    documents.pop(LI_MIB, "")
    for name, text in documents.items():
        assert text == shown(agent.objects, name), (trap, name)
    assert set(reasons) | set(documents) >= NAMES - {LI_MIB} or "snmp" in reasons
    if trap in MUST_BE_WHOLE:
        assert set(documents) == NAMES - {LI_MIB}, reasons


def test_an_agent_that_falls_silent_is_left_in_peace(made, monkeypatch):
    monkeypatch.setattr("auditor.collect.pysnmp_reader._SECONDS", 0.2)
    with Agent(OBJECTS, community=COMMUNITY, trap=Trap.SILENT_LATER) as agent:
        documents, reasons = collected(made, agent)
        asked = len(agent.asked)
    assert set(documents) == {LI_MIB, "snmp/system"}
    assert reasons == dict.fromkeys(NAMES - set(documents), "not collected: the agent does not answer in time")
    assert asked <= 3 + 3, "one request with its repetitions"


def test_a_wrong_community(made, monkeypatch):
    monkeypatch.setattr("auditor.collect.pysnmp_reader._SECONDS", 0.2)
    with Agent(OBJECTS, community="another") as agent:
        documents, reasons = collected(made, agent)
    assert documents == {}
    assert reasons == {"snmp": "not collected: the agent does not answer in time"}
    assert COMMUNITY not in str(reasons)


def test_answers_that_are_too_big_are_asked_row_by_row(made):
    with Agent(OBJECTS, community=COMMUNITY, trap=Trap.TOO_BIG) as agent:
        documents, reasons = collected(made, agent)
    assert (set(documents), reasons) == (NAMES, {})
    assert documents["snmp/interfaces"].endswith("# 18 objects\n")


@pytest.mark.parametrize("trap", [Trap.OTHER, Trap.SHUFFLED])
def test_answers_with_other_objects_are_not_taken(trap, made):
    with Agent(OBJECTS, community=COMMUNITY, trap=trap) as agent:
        documents, reasons = collected(made, agent)
    assert "snmp/system" not in documents
    assert reasons["snmp"] == "not collected: the agent answers with other objects than it was asked for"


def test_a_walk_jumps_over_forbidden_subtrees():
    root = oid("1.3.6.1.4.1.9.9")
    before, behind = oid("1.3.6.1.4.1.9.9.1.1"), oid("1.3.6.1.4.1.9.9.800.1")

    async def walk(port):
        asker = await PysnmpAsker.open(SnmpUser(community=Hidden(COMMUNITY), port=port), "127.0.0.1", 2.0)
        try:
            return await Walker(asker, 1000, time.monotonic() + 5, Stop()).walk(root)
        finally:
            asker.close()

    with Agent({before: 1, (*TAP, 7): 2, behind: 3}, community=COMMUNITY) as agent:
        rows = asyncio.run(walk(agent.port))
    assert [row.object for row in rows] == [before, behind]
    last = 4294967295
    assert not any(
        inside(one, sub) and one[-1] != last for _, wanted in agent.asked for one in wanted for sub in SUBTREES
    )


def test_a_login_that_reaches_the_intercept_mibs_collects_nothing(made):
    with Agent({**OBJECTS, CAPABILITIES["CISCO-IP-TAP-MIB"]: 1}, community=COMMUNITY) as agent:
        documents, reasons = collected(made, agent)
    assert (set(documents), reasons) == ({LI_MIB}, {"snmp": snmp.REACHES})
    record = msgspec.json.decode(documents[LI_MIB], type=LiMibRecord)
    assert (record.visible, record.answer) == (("CISCO-IP-TAP-MIB",), ProbeAnswer.PRESENT)
    assert agent.asked == [("GET", list(CAPABILITIES.values()))]


def test_without_a_credential_or_the_library(made, monkeypatch):
    login_ = msgspec.structs.replace(made(1), snmp=None)
    (only,) = tables(login_, time.monotonic() + 1, Stop())
    assert only.reason == "not collected: no credential for SNMP is named"


NET_SNMP = shutil.which("snmpd") and shutil.which("snmpwalk")
USERS = {
    "sha256-aes": ("SHA-256", "AES", SnmpUser(username="audit", auth="sha256", privacy="aes128")),
    "sha-aes": ("SHA", "AES", SnmpUser(username="audit", auth="sha", privacy="aes128")),
    "md5-des": ("MD5", "DES", SnmpUser(username="audit", auth="md5", privacy="des")),
}
PASS = "Pass-phrase-unique-2b9c"


class NetSnmp:
    """Net-SNMP's agent on a port of its own."""

    def __init__(self, folder, port):
        self._folder = folder
        self.port = port
        self._start()

    def _start(self):
        words = ["snmpd", "-f", "-Lo", "-C", "-c", str(self._folder / "snmpd.conf"), f"udp:127.0.0.1:{self.port}"]
        environment = {**os.environ, "SNMP_PERSISTENT_DIR": str(self._folder / "state")}
        self._process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        time.sleep(1.0)

    def stop(self):
        self._process.terminate()
        self._process.wait(10)

    def restart(self):
        self.stop()
        self._start()


@pytest.fixture
def snmpd(tmp_path):
    """Net-SNMP's agent; what it answers is what its own walker sees."""
    if not NET_SNMP:
        pytest.skip("Net-SNMP is not installed")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    lines = [f"rocommunity {COMMUNITY} 127.0.0.1", "sysName r1", "sysLocation lab"]
    for number, (auth, privacy, _) in enumerate(USERS.values()):
        lines += [f"createUser audit{number} {auth} {PASS} {privacy} {PASS}", f"rouser audit{number} priv"]
    (tmp_path / "snmpd.conf").write_text("\n".join(lines) + "\n")
    agent = NetSnmp(tmp_path, port)
    yield agent
    agent.stop()


class Between:
    """Carries datagrams between a reader and the agent; `every` may do something before one is handed on."""

    def __init__(self, agent, every):
        self._agent = ("127.0.0.1", agent)
        self._every = every
        self.count = 0

    def __enter__(self):
        self._front = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._front.bind(("127.0.0.1", 0))
        self._back = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        for one in (self._front, self._back):
            one.settimeout(0.05)
        self.port = self._front.getsockname()[1]
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def _run(self):
        reader = None
        while not self._over.is_set():
            with contextlib.suppress(TimeoutError):
                asked, reader = self._front.recvfrom(65536)
                self.count += 1
                self._back.sendto(self._every(self.count, asked), self._agent)
            with contextlib.suppress(OSError):
                if reader is not None:
                    self._front.sendto(self._back.recv(65536), reader)

    def __exit__(self, *_):
        self._over.set()
        self._thread.join(10)
        self._front.close()
        self._back.close()


def version_3(port):
    return SnmpUser(
        username="audit0", auth="sha256", privacy="aes128", auth_password=Hidden(PASS), privacy_password=Hidden(PASS), port=port
    )  # fmt: skip


def test_an_agent_that_restarts_in_the_middle_of_a_walk(snmpd, made):
    """Its clock begins anew and its count of boots rises (RFC 3414, 2.2): the walk goes on, or it is not collected."""
    restarted = []

    def every(count, asked):
        if count == 12:
            snmpd.restart()
            restarted.append(count)
        return asked

    undisturbed = tables(made(snmpd.port, version_3(snmpd.port)), time.monotonic() + 30, Stop())
    wanted = {one.name: one.content.decode() for one in undisturbed if isinstance(one, Document)}
    with Between(snmpd.port, every) as between:
        begun = time.monotonic()
        found = tables(made(between.port, version_3(between.port), command=40.0), time.monotonic() + 40, Stop())
    assert restarted
    assert time.monotonic() - begun < 45
    for one in found:
        if isinstance(one, Document) and one.name in ("snmp/interfaces", "snmp/addresses"):
            assert one.content.decode() == wanted[one.name]
    told = {one.document for one in found if isinstance(one, CollectionError)}
    assert told | {one.name for one in found if isinstance(one, Document)} == NAMES


def test_an_agent_that_reports_each_request_as_wrong(snmpd, made):
    """Each request comes in with another digest, and each is answered with a report: no loop, and nobody is asked on."""
    with Between(snmpd.port, lambda count, asked: asked if count == 1 else asked[:-40] + bytes(40)) as between:
        begun = time.monotonic()
        found = tables(made(between.port, version_3(between.port)), time.monotonic() + 40, Stop())
        asked = between.count
    assert not [one for one in found if isinstance(one, Document)]
    assert [(one.document, one.reason) for one in found] == [("snmp", "not collected: the agent refused the user")]
    assert time.monotonic() - begun < 10
    assert asked <= 5


def walked(port, column):
    done = subprocess.run(
        ["snmpwalk", "-v2c", "-c", COMMUNITY, "-On", "-Cc", f"127.0.0.1:{port}", column],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return [line.partition(" = ")[0] for line in done.stdout.splitlines() if line.startswith("." + column + ".")]


def test_net_snmp_version_2c(snmpd, made):
    found = tables(made(snmpd.port), time.monotonic() + 20, Stop())
    documents = {one.name: one.content.decode() for one in found if isinstance(one, Document)}
    assert set(documents) == NAMES
    for table in TABLES:
        ours = [line.partition(" = ")[0] for line in documents[table.document].splitlines() if line.startswith(".")]
        theirs = [row for column in table.columns for row in walked(snmpd.port, column)]
        assert [one for one in ours if one.removeprefix(".") not in table.scalars] == theirs


@pytest.mark.parametrize("number", range(len(USERS)), ids=list(USERS))
def test_net_snmp_version_3(number, snmpd, made):
    user = list(USERS.values())[number][2]
    user = msgspec.structs.replace(
        user, username=f"audit{number}", auth_password=Hidden(PASS), privacy_password=Hidden(PASS), port=snmpd.port
    )
    found = tables(made(snmpd, user), time.monotonic() + 20, Stop())
    assert {one.name for one in found if isinstance(one, Document)} == NAMES
    assert found[0].collected_by == "snmp v3"
    wrong = msgspec.structs.replace(user, auth_password=Hidden("Another-" + PASS))
    refused = tables(made(snmpd, wrong), time.monotonic() + 20, Stop())
    assert not [one for one in refused if isinstance(one, Document)]
    assert PASS not in str(refused)


def net_snmp(agent, program, *words):
    authentication, privacy = PASSWORDS
    command = [program, "-v3", "-l", "authPriv", "-u", "audit", "-a", "SHA-256", "-A", authentication, "-x", "AES", "-X", privacy,
               "-On", f"{agent.address}:{agent.port}", *words]  # fmt: skip
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin", "MIBS": ""}
    )
    return done.stdout + done.stderr


def test_the_view_of_the_page_on_a_router_with_taps(tmp_path, made):
    """docs/least-privilege.md: Net-SNMP shows everything that is asked, no object of a tap, and lets nothing be set."""
    if not NET_SNMP:
        pytest.skip("Net-SNMP is not installed")
    authentication, privacy = PASSWORDS
    rules = (
        f'createUser audit SHA-256 "{authentication}" AES "{privacy}"\n{blocks("SNMP")[0]}sysName r1\nsysLocation lab\n'
    )
    user = SnmpUser(
        username="audit",
        auth="sha256",
        privacy="aes128",
        auth_password=Hidden(authentication),
        privacy_password=Hidden(privacy),
    )
    with TapAgent(tmp_path, more=rules) as agent:
        agent.taps([tap(1_847_110_815)])
        found = tables(made(0, msgspec.structs.replace(user, port=agent.port)), time.monotonic() + 20, Stop())
        assert {one.name for one in found if isinstance(one, Document)} == NAMES
        assert [one for one in found if isinstance(one, CollectionError)] == []
        for root in (*SUBTREES, *CAPABILITIES.values()):
            text = ".".join(map(str, root))
            assert "No Such Object" in net_snmp(agent, "snmpget", text), text
            assert "No more variables left" in net_snmp(agent, "snmpgetnext", text), text
        assert "noAccess" in net_snmp(agent, "snmpset", "1.3.6.1.2.1.1.5.0", "s", "x")
        assert "1847110815" not in net_snmp(agent, "snmpwalk", "1.3.6.1.4.1") + net_snmp(agent, "snmpwalk", "1.3")
        assert agent.reached() == []


def test_the_interface_to_the_library_is_small():
    """Whoever changes the library writes these three."""
    assert [name for name in dir(snmp.Asker) if not name.startswith("_")] == ["close", "following", "get"]
