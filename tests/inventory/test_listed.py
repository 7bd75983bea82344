"""Inventories of other tools: a sample of each in the form that its documentation shows, and a round through the audit."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import Workbook

from auditor.inventory import InventoryError, load, recognise
from auditor.model.device import Device
from auditor.model.platform import Platform
from tests.cli.samples import ios

KNOWN = tuple(map(str, Platform))
SECRET = "hunter2-unique"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def short(devices: tuple[Device, ...]) -> list[tuple[str, str, str]]:
    return [(one.name, one.platform, one.address) for one in devices]


def fault(path: Path) -> str:
    with pytest.raises(InventoryError) as caught:
        load(path, KNOWN)
    assert SECRET not in str(caught.value)
    return str(caught.value)


# Tables ------------------------------------------------------------------------------------------------------------

TABLE = """\
Hostname;IP address;OS;Port;Role;Site;Tags;Remark
pe1;192.0.2.1;iosxe;2222;pe;osl;core,north;old
pe2;2001:db8::1;junos;;pe;brg;;

p3;p3.example.net;iosxr;;p;osl;;
"""


def test_csv(tmp_path: Path) -> None:
    read = load(write(tmp_path / "devices.csv", TABLE), KNOWN)
    assert read.devices[0] == Device(
        "pe1", "cisco_iosxe", "pe", "osl", ("core", "north"), "192.0.2.1", 2222, credential=""
    )
    assert short(read.devices)[1:] == [
        ("pe2", "juniper_junos", "2001:db8::1"),
        ("p3", "cisco_iosxr", "p3.example.net"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TABLE.replace("iosxr", "iosrx"), "devices.csv:5: device 'p3': unknown platform 'iosrx'; did you mean"),
        (TABLE.replace("p3;p3.", "PE1;p3."), "devices.csv:5: device 'PE1' is listed twice"),
        (TABLE.replace("2222", "ssh"), "devices.csv:2: device 'pe1': port 'ssh': expected a number"),
        (TABLE.replace("pe2;", ";"), "devices.csv:3: a row without a name"),
        (TABLE.replace("Remark", "Password"), "devices.csv:1: column 'Password': a table must hold no secrets"),
        (
            TABLE.replace("192.0.2.1", f"bob:{SECRET}@192.0.2.1"),
            "devices.csv:2: device 'pe1': bad address with a login",
        ),
    ],
)
def test_a_wrong_table(tmp_path: Path, text: str, told: str) -> None:
    assert told in fault(write(tmp_path / "devices.csv", text))


def test_xlsx(tmp_path: Path) -> None:
    book = Workbook()
    for row in ("Name", "Address", "Platform", "Port"), ("pe1", "192.0.2.1", "ios", 22.0), (None, None, None, None):
        book.active.append(row)
    book.save(tmp_path / "devices.xlsx")
    assert load(tmp_path / "devices.xlsx", KNOWN).devices == (Device("pe1", "cisco_ios", address="192.0.2.1"),)


def test_a_workbook_that_is_none(tmp_path: Path) -> None:
    assert "no Excel workbook" in fault(write(tmp_path / "devices.xlsx", "PK nothing"))


# Ansible -----------------------------------------------------------------------------------------------------------

HOSTS_YML = """\
all:
  vars: {ansible_user: admin}
  children:
    pe:
      vars: {ansible_network_os: cisco.ios.ios, site: osl}
      hosts:
        pe[01:03]: {ansible_host: 192.0.2.9}
      children:
        pe_junos:
          vars: {ansible_network_os: junipernetworks.junos.junos}
          hosts:
            pe9: {ansible_host: 192.0.2.19, ansible_port: 2022, site: brg}
"""
HOSTS_INI = """\
# core
p1 ansible_host=192.0.2.1 ansible_network_os=cisco.iosxr.iosxr

[pe]
pe[1:2].example.net
pe3.example.net:2022 ansible_network_os=arista.eos.eos

[pe:vars]
ansible_network_os=cisco.ios.ios

[edge:children]
pe
"""


def test_ansible_in_yaml(tmp_path: Path) -> None:
    write(tmp_path / "host_vars" / "pe02.yml", "ansible_host: 192.0.2.2\n")
    write(tmp_path / "group_vars" / "pe" / "main.yml", "role: pe\n")
    read = load(write(tmp_path / "hosts.yml", HOSTS_YML), KNOWN)
    assert read.devices[3] == Device("pe9", "juniper_junos", "pe", "brg", ("pe", "pe_junos"), "192.0.2.19", 2022)
    assert short(read.devices)[:3] == [
        ("pe01", "cisco_ios", "192.0.2.9"),
        ("pe02", "cisco_ios", "192.0.2.2"),
        ("pe03", "cisco_ios", "192.0.2.9"),
    ]


def test_ansible_in_ini(tmp_path: Path) -> None:
    read = load(write(tmp_path / "hosts", HOSTS_INI), KNOWN)
    assert short(read.devices) == [
        ("p1", "cisco_iosxr", "192.0.2.1"),
        ("pe1.example.net", "cisco_ios", "pe1.example.net"),
        ("pe2.example.net", "cisco_ios", "pe2.example.net"),
        ("pe3.example.net", "arista_eos", "pe3.example.net"),
    ]
    assert read.devices[3].port == 2022
    assert read.devices[1].tags == ("edge", "pe")


def test_a_value_of_a_vault_is_refused_at_its_line(tmp_path: Path) -> None:
    write(
        tmp_path / "group_vars" / "pe.yml",
        "role: pe\nansible_password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6138\n",
    )
    told = fault(write(tmp_path / "hosts.yml", HOSTS_YML))
    assert "group_vars/pe.yml:2: a value encrypted by ansible-vault" in told


def test_a_group_without_definition(tmp_path: Path) -> None:
    told = fault(write(tmp_path / "hosts.ini", "[a:children]\nb\n[c]\nx ansible_network_os=ios\n"))
    assert f"{tmp_path}/hosts.ini: group 'a' has a child 'b' that is not defined" in told


def test_a_platform_that_nobody_knows_is_an_error_with_its_line(tmp_path: Path) -> None:
    told = fault(write(tmp_path / "hosts.yml", HOSTS_YML.replace("cisco.ios.ios", "vyos.vyos.vyos")))
    assert f"{tmp_path}/hosts.yml:7: device 'pe01': unknown platform 'vyos.vyos.vyos'" in told


# Labs --------------------------------------------------------------------------------------------------------------

CLAB_ANSIBLE = """\
all:
  children:
    nokia_srlinux:
      vars:
        ansible_network_os: nokia.srlinux.srlinux
        ansible_connection: ansible.netcommon.httpapi
      hosts:
        clab-demo-r2:
          ansible_host: 172.20.20.2
          ansible_user: admin
          ansible_password: hunter2-unique
    arista_ceos:
      hosts:
        clab-demo-r3: {ansible_host: 172.20.20.3, platform: ceos}
    linux:
      hosts:
        clab-demo-grafana: {ansible_host: 172.20.20.9}
"""
CLAB_NORNIR = """\
clab-demo-r2:
    username: admin
    password: hunter2-unique
    platform: nokia_srlinux
    hostname: 172.20.20.2
"""
CLAB_DATA = {
    "name": "demo",
    "type": "clab",
    "nodes": {
        "r1": {"longname": "clab-demo-r1", "kind": "nokia_srlinux", "mgmt-ipv4-address": "172.20.20.2", "group": "pe"},
        "r2": {"longname": "clab-demo-r2", "kind": "juniper_crpd", "mgmt-ipv6-address": "3fff:172:20:20::3"},
        "web": {"longname": "clab-demo-web", "kind": "linux", "mgmt-ipv4-address": "172.20.20.9"},
    },
    "links": [],
}
NETLAB_DEVICES = """\
s1:
  ansible_connection: network_cli
  ansible_host: clab-X-s1
  ansible_network_os: eos
  ansible_ssh_pass: hunter2-unique
  device: eos
s2: {ansible_host: 192.168.121.102, device: frr, ansible_port: 2200}
h1: {ansible_host: 192.168.121.103, device: linux, role: host}
"""
NETLAB_SNAPSHOT = """\
provider: clab
nodes:
  r1: {device: vjunos-router, mgmt: {ipv4: 192.168.121.101, ifname: eth0}, role: router}
  r2: {device: iol, mgmt: {ipv4: 192.168.121.102}}
"""


def test_containerlab(tmp_path: Path) -> None:
    read = load(write(tmp_path / "a" / "ansible-inventory.yml", CLAB_ANSIBLE), KNOWN)
    assert short(read.devices) == [
        ("clab-demo-r3", "arista_eos", "172.20.20.3"),
        ("clab-demo-r2", "nokia_srlinux", "172.20.20.2"),
    ]
    assert "clab-demo-grafana" in read.notes[0]
    read = load(write(tmp_path / "nornir-simple-inventory.yml", CLAB_NORNIR), KNOWN)
    assert short(read.devices) == [("clab-demo-r2", "nokia_srlinux", "172.20.20.2")]
    read = load(write(tmp_path / "topology-data.json", json.dumps(CLAB_DATA, indent=2)), KNOWN)
    assert short(read.devices) == [
        ("clab-demo-r1", "nokia_srlinux", "172.20.20.2"),
        ("clab-demo-r2", "juniper_junos", "3fff:172:20:20::3"),
    ]
    assert SECRET not in repr(read)


def test_netlab(tmp_path: Path) -> None:
    read = load(write(tmp_path / "netlab-devices.yml", NETLAB_DEVICES), KNOWN)
    assert short(read.devices) == [("s1", "arista_eos", "clab-X-s1"), ("s2", "frr", "192.168.121.102")]
    assert read.devices[1].port == 2200
    assert "'h1' is left out" in read.notes[0]
    read = load(write(tmp_path / "netlab.snapshot.yml", NETLAB_SNAPSHOT), KNOWN)
    assert short(read.devices) == [("r1", "juniper_junos", "192.168.121.101"), ("r2", "cisco_ios", "192.168.121.102")]


def test_nornir(tmp_path: Path) -> None:
    write(tmp_path / "groups.yaml", "pe: {platform: ios, groups: [all], data: {site: osl}}\nall: {port: 2022}\n")
    write(tmp_path / "defaults.yaml", "data: {role: router}\n")
    hosts = (
        "pe1: {hostname: 192.0.2.1, groups: [pe]}\npe2: {hostname: 192.0.2.2, groups: [pe], platform: eos, port: 22}\n"
    )
    read = load(write(tmp_path / "hosts.yaml", hosts), KNOWN)
    assert read.devices == (
        Device("pe1", "cisco_ios", "router", "osl", ("pe",), "192.0.2.1", 2022),
        Device("pe2", "arista_eos", "router", "osl", ("pe",), "192.0.2.2", 22),
    )
    told = fault(
        write(
            tmp_path / "hosts.yaml",
            hosts.replace("pe2: {hostname: 192.0.2.2, groups: [pe]", "pe2: {hostname: 192.0.2.2, groups: [p]"),
        )
    )
    assert "hosts.yaml:2: host 'pe2': group 'p' is not defined" in told


# Tools that save configurations --------------------------------------------------------------------------------------


def test_rancid(tmp_path: Path) -> None:
    write(tmp_path / "core" / "configs" / "pe1.example.net", ios("pe1"))
    rows = "# comment\nPE1.example.net;cisco;up\np2.example.net;cisco-xr;up;new\nold;juniper;down\n"
    read = load(write(tmp_path / "core" / "router.db", rows), KNOWN)
    assert short(read.devices) == [
        ("PE1.example.net", "cisco_ios", "PE1.example.net"),
        ("p2.example.net", "cisco_iosxr", "p2.example.net"),
    ]
    assert (read.devices[0].config, read.devices[1].config) == ("configs/pe1.example.net", "")
    assert "'old' is left out: it is marked 'down'" in read.notes[0]
    assert "router.db:1: expected name;type;state" in fault(
        write(tmp_path / "x" / "router.db", "pe1;cisco\npe2;cisco;up\n")
    )


def test_oxidized(tmp_path: Path) -> None:
    read = load(write(tmp_path / "router.db", "pe1:ios:admin:hunter2-unique\np1:IOSXR:admin:x\n"), KNOWN)
    assert short(read.devices) == [("pe1", "cisco_ios", "pe1"), ("p1", "cisco_iosxr", "p1")]
    assert SECRET not in repr(read)
    own = """\
schema: auditor/inventory/1
credentials: {ops: {username: auditor, password: "env:P"}}
sources:
  - {kind: oxidized, path: list.csv, options: {delimiter: ",", map: "name=0,ip=1,model=2,group=3"}}
assign:
  - {match: {group: north}, credential: ops, role: pe}
"""
    write(tmp_path / "list.csv", "pe1,192.0.2.1,junos,north\npe2,192.0.2.2,eos,south\n")
    read = load(write(tmp_path / "own.yaml", own), KNOWN)
    assert read.devices == (
        Device("pe1", "juniper_junos", "pe", "", ("north",), "192.0.2.1", credential="ops"),
        Device("pe2", "arista_eos", "", "", ("south",), "192.0.2.2"),
    )


# Services ----------------------------------------------------------------------------------------------------------


def netbox_device(number: int) -> dict[str, object]:
    """A device as NetBox 4 answers it (`GET /api/dcim/devices/`), as far as it is read."""
    return {
        "id": number,
        "url": f"http://localhost/api/dcim/devices/{number}/",
        "display": f"pe{number}",
        "name": f"pe{number}",
        "role": {"id": 1, "url": "http://localhost/api/dcim/device-roles/1/", "name": "Provider edge", "slug": "pe"},
        "platform": {"id": 2, "url": "http://localhost/api/dcim/platforms/2/", "name": "IOS XR", "slug": "ios-xr"},
        "site": {"id": 3, "url": "http://localhost/api/dcim/sites/3/", "name": "Oslo", "slug": "osl"},
        "status": {"value": "active", "label": "Active"},
        "primary_ip": {"id": 4, "url": "http://localhost/api/ipam/ip-addresses/4/", "address": f"192.0.2.{number}/31"},
        "tags": [{"id": 5, "url": "http://localhost/api/extras/tags/5/", "name": "Core", "slug": "core"}],
    }


class Service(BaseHTTPRequestHandler):
    """NetBox's list of devices, page by page, and Oxidized's nodes."""

    seen: list[str]
    devices: list[dict[str, object]]

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        self.seen.append(f"GET {parts.path}")
        if parts.path == "/nodes.json":
            self.answer(
                200, [{"name": "p1", "full_name": "core/p1", "ip": "192.0.2.9", "group": "core", "model": "JunOS"}]
            )
        elif self.headers.get("Authorization") not in (f"Token {SECRET}", f"Bearer {SECRET}"):
            self.answer(403, {"detail": "Invalid token"})
        elif parts.path != "/api/dcim/devices/":
            self.answer(404, {})
        else:
            fitting = [one for one in self.devices if query.get("role", "pe") == one["role"]["slug"]]
            start, size = int(query.get("offset", 0)), 2
            more = f"http://{self.headers['Host']}{parts.path}?limit={size}&offset={start + size}"
            following = more if start + size < len(fitting) else None
            page = {
                "count": len(fitting),
                "next": following,
                "previous": None,
                "results": fitting[start : start + size],
            }
            self.answer(200, page)

    def answer(self, status: int, content: object) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def service() -> Iterator[tuple[str, type[Service]]]:
    kind = type("Here", (Service,), {"seen": [], "devices": [netbox_device(number) for number in range(1, 6)]})
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}", kind
        server.shutdown()
        thread.join()


def own(tmp_path: Path, source: str) -> Path:
    return write(tmp_path / "own.yaml", f"schema: auditor/inventory/1\nsources:\n  - {source}\n")


def test_netbox_is_read_page_by_page(tmp_path: Path, service: tuple[str, type[Service]]) -> None:
    url, kind = service
    kind.devices.append(netbox_device(9) | {"primary_ip": None, "name": "planned"})
    path = own(tmp_path, f"{{kind: netbox, url: '{url}', token: 'env:T', filter: {{role: pe}}}}")
    read = load(path, KNOWN, lambda reference: SECRET if reference == "env:T" else "")
    assert len(read.devices) == 5
    assert read.devices[0] == Device("pe1", "cisco_iosxr", "pe", "osl", ("core",), "192.0.2.1")
    assert "planned of NetBox is left out" in read.notes[0]
    assert set(kind.seen) == {"GET /api/dcim/devices/"}
    assert SECRET not in repr(read)


def test_netbox_that_refuses_or_is_away(tmp_path: Path, service: tuple[str, type[Service]]) -> None:
    url, _ = service
    path = own(tmp_path, f"{{kind: netbox, url: '{url}', token: 'env:T'}}")
    with pytest.raises(InventoryError, match="NetBox refuses: 403"):
        load(path, KNOWN, lambda _: "other")
    with pytest.raises(InventoryError, match="does not answer: ConnectionError"):
        load(own(tmp_path, "{kind: netbox, url: 'http://127.0.0.1:9', token: 'env:T'}"), KNOWN, lambda _: SECRET)


def test_the_web_interface_of_oxidized(tmp_path: Path, service: tuple[str, type[Service]]) -> None:
    url, _ = service
    read = load(own(tmp_path, f"{{kind: oxidized, url: '{url}'}}"), KNOWN)
    assert short(read.devices) == [("p1", "juniper_junos", "192.0.2.9")]
    assert "expected an address that begins" in fault(own(tmp_path, "{kind: oxidized, url: 'file:///etc/passwd'}"))
    assert "Oxidized does not answer" in fault(own(tmp_path, "{kind: oxidized, url: 'http://127.0.0.1:9'}"))


# Together ------------------------------------------------------------------------------------------------------------


def test_rules_give_what_a_list_does_not_say(tmp_path: Path) -> None:
    write(tmp_path / "lab" / "hosts.yml", HOSTS_YML)
    text = """\
schema: auditor/inventory/1
credentials: {ops: {username: a, password: "env:P"}, other: {username: b, password: "env:Q"}}
jumps: {bastion: {address: 192.0.2.200, credential: ops}}
defaults: {credential: other}
devices: [{name: own1, platform: ios, address: 192.0.2.77}]
sources:
  - {kind: ansible, path: lab/hosts.yml, options: {group: pe}}
assign:
  - {match: {platform: junos}, jump: [bastion], credential: ops}
  - {match: {name: "pe0*"}, role: pe, credential: ops, jump: []}
"""
    read = load(write(tmp_path / "inventory.yaml", text), KNOWN)
    by_name = {device.name: device for device in read.devices}
    assert by_name["own1"].credential == "other"
    assert (by_name["pe01"].credential, by_name["pe01"].role, by_name["pe01"].jump) == ("ops", "pe", ())
    assert by_name["pe9"].jump == ("bastion",)
    told = fault(write(tmp_path / "inventory.yaml", text.replace("name: own1", "name: pe01")))
    assert "lab/hosts.yml:7: device 'pe01' is listed twice" in told
    told = fault(write(tmp_path / "inventory.yaml", text.replace("kind: ansible", "kind: ansibel")))
    assert "inventory.yaml:7: unknown kind 'ansibel'; did you mean 'ansible'?" in told


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pe1.cfg", ios("pe1")),
        ("notes.csv", "a,b,c\n1,2,3\n"),
        ("declarations.yaml", "schema: auditor/declarations/1\n"),
        ("inventory.yaml", "schema: auditor/inventory/1\ndevices: []\n"),
    ],
)
def test_what_is_no_list_of_another_tool(tmp_path: Path, name: str, text: str) -> None:
    assert recognise(write(tmp_path / name, text)) == ""


def test_a_round_through_the_audit(tmp_path: Path, auditor) -> None:
    write(tmp_path / "core" / "configs" / "pe1", ios("pe1", "telnet"))
    write(tmp_path / "core" / "router.db", "pe1;cisco;up\n")
    done = auditor(
        "audit", tmp_path / "core" / "router.db", "-o", tmp_path / "report", "--format", "json", "--json", "-"
    )
    run = json.loads(done.out)
    assert [(one["name"], one["status"]) for one in run["devices"]] == [("pe1", "audited")]
    assert run["findings"]
    shown = auditor("inventory", "show", tmp_path / "core" / "router.db")
    assert "pe1" in shown.out
