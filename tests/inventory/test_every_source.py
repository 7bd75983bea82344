"""Every kind of list, in the form that its tool writes: from the list to the devices themselves and their audit.

The samples have the form of the cited pages, with addresses and systems of the devices that are emulated here. Each is
broken in three ways as well: a device twice, a platform that nobody knows, a name that nothing defines.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import pytest
from openpyxl import Workbook

from auditor.inventory import InventoryError, load
from auditor.model.platform import Platform
from tests.collect.support import IOS, emulated, known_hosts

KNOWN = tuple(map(str, Platform))


class Sample(NamedTuple):
    """A list of another tool with one device, `rtr1`."""

    source: str
    """Where its form is documented."""
    kind: str
    file: str
    text: str
    platform: str
    """The word for IOS in it."""
    twice: str
    """The same list with the device once more."""
    lost: tuple[str, str] | None = None
    """What is to be replaced by what so that a name is used that nothing defines; none where the form has no such names."""
    beside: tuple[tuple[str, str], ...] = ()
    """Files beside it."""


def yaml_twice(text: str, host: str) -> str:
    """With the device once more under a name in capitals: the same to everybody but YAML."""
    return text.replace(host, host + host.replace("rtr1", "RTR1", 1), 1)


ANSIBLE_HOST = "        rtr1:\n          ansible_host: 127.0.0.1\n"
ANSIBLE = f"""---
network:
  children:
    leafs:
      hosts:
{ANSIBLE_HOST}      vars:
        ansible_network_os: cisco.ios.ios
        ansible_user: my_user
"""
INI = """[all:vars]
# these defaults can be overridden for any group in the [group:vars] section
ansible_connection=ansible.netcommon.network_cli
ansible_user=ansible

[switches:children]
ios

[ios]
rtr1 ansible_host=127.0.0.1

[ios:vars]
ansible_become=yes
ansible_become_method=enable
ansible_network_os=cisco.ios.ios
"""
NORNIR_HOST = """rtr1:
    hostname: 127.0.0.1
    port: 22
    username: vagrant
    password: vagrant
    platform: ios
    groups:
        - cmh
    data:
        site: cmh
        role: spine
        type: network_device
"""
CLAB_HOST = """        rtr1:
          ansible_host: 127.0.0.1
"""
CLAB_ANSIBLE = f"""all:
  children:
    cisco_iol:
      hosts:
{CLAB_HOST}    linux:
      hosts:
        clab-ansible-grafana:
          ansible_host: 172.20.20.9
"""
CLAB_NORNIR = """---
rtr1:
    username: admin
    password: admin
    platform: cisco_iol
    hostname: 127.0.0.1
"""
CLAB_NODE = {
    "index": "0",
    "shortname": "srl1",
    "longname": "rtr1",
    "fqdn": "srl1.srl02.io",
    "group": "",
    "labdir": "/lab/clab-srl02/srl1",
    "kind": "cisco_iol",
    "image": "vrnetlab/cisco_iol:17.12.01",
    "mgmt-net": "",
    "mgmt-intf": "",
    "mgmt-ipv4-address": "127.0.0.1",
    "mgmt-ipv4-prefix-length": 24,
    "mgmt-ipv6-address": "2001:db8:20:20::3",
    "mgmt-ipv6-prefix-length": 64,
    "mac-address": "",
    "labels": {"clab-node-kind": "cisco_iol", "clab-node-name": "srl1", "containerlab": "srl02"},
}


def clab(**nodes: dict[str, Any]) -> str:
    """`topology-data.json` with these nodes."""
    whole = {
        "name": "srl02",
        "type": "clab",
        "clab": {"config": {"prefix": "clab", "mgmt": {"network": "clab", "ipv4-subnet": "172.20.20.0/24"}}},
        "nodes": nodes,
        "links": [{"a": {"node": "srl1", "interface": "e1-1", "peer": "z"}, "z": {"node": "srl2", "peer": "a"}}],
    }
    return json.dumps(whole, indent=2)


NETLAB_HOST = """rtr1:
  ansible_become: true
  ansible_become_method: enable
  ansible_connection: network_cli
  ansible_host: 127.0.0.1
  ansible_network_os: ios
  ansible_ssh_pass: admin
  ansible_user: admin
  box: cisco/iosv
  device: ios
  hostname: clab-X-s1
  id: 1
  mgmt:
    ifname: Management0
    ipv4: 192.168.121.101
    mac: 08-4F-A9-00-00-01
"""
NETLAB_NODE = """  rtr1:
    box: cisco/iosv
    device: ios
    id: 1
    mgmt:
      ifname: GigabitEthernet0/0
      ipv4: 127.0.0.1
    role: router
"""
CSV = "name,address,platform,credential\nrtr1,127.0.0.1,ios,ops\n"
CLAB_SOURCE = "containerlab.dev/manual/inventory"
SAMPLES = {
    "csv": Sample(
        "our own docs/inventories.md", "csv", "devices.csv", CSV, "ios", CSV + "RTR1,127.0.0.1,ios,ops\n", (",ops", ",opz")
    ),
    "ansible, YAML": Sample(
        "docs.ansible.com/ansible/latest/network/getting_started/first_inventory.html", "ansible", "hosts.yml", ANSIBLE,
        "cisco.ios.ios", yaml_twice(ANSIBLE, ANSIBLE_HOST),
    ),
    "ansible, INI": Sample(
        "docs.ansible.com/ansible/latest/network/user_guide/network_best_practices_2.5.html", "ansible", "hosts", INI,
        "cisco.ios.ios", INI.replace("127.0.0.1\n", "127.0.0.1\nRTR1 ansible_host=127.0.0.1\n"), ("children]\nios", "children]\neos"),
    ),
    "nornir": Sample(
        "nornir.readthedocs.io, tutorial 'Inventory'", "nornir", "hosts.yaml", NORNIR_HOST, "ios",
        NORNIR_HOST + NORNIR_HOST.replace("rtr1", "RTR1"), ("- cmh", "- bma"),
        (("groups.yaml", "cmh:\n    data:\n        asn: 65000\n"), ("defaults.yaml", "data:\n    domain: acme.local\n")),
    ),
    "containerlab, Ansible": Sample(
        CLAB_SOURCE, "ansible", "ansible-inventory.yml", CLAB_ANSIBLE, "cisco_iol", yaml_twice(CLAB_ANSIBLE, CLAB_HOST)
    ),
    "containerlab, Nornir": Sample(
        CLAB_SOURCE, "nornir", "nornir-simple-inventory.yml", CLAB_NORNIR, "cisco_iol",
        CLAB_NORNIR + CLAB_NORNIR.removeprefix("---\n").replace("rtr1", "RTR1"),
    ),
    "containerlab, topology": Sample(
        CLAB_SOURCE, "containerlab", "topology-data.json", clab(srl1=CLAB_NODE), "cisco_iol",
        clab(srl1=CLAB_NODE, srl2=CLAB_NODE),
    ),
    "netlab, devices": Sample(
        "netlab.tools/outputs/devices", "netlab", "netlab-devices.yml", NETLAB_HOST, "ios",
        NETLAB_HOST + NETLAB_HOST.replace("rtr1", "RTR1"),
    ),
    "netlab, snapshot": Sample(
        "netlab.tools/outputs/yaml-or-json", "netlab", "netlab.snapshot.yml", "provider: clab\nnodes:\n" + NETLAB_NODE, "ios",
        "provider: clab\nnodes:\n" + NETLAB_NODE + NETLAB_NODE.replace("rtr1", "RTR1"),
    ),
    "oxidized": Sample(
        "github.com/ytti/oxidized, docs/Sources.md", "oxidized", "router.db", "rtr1:127.0.0.1:ios:oxidized:x:y\n", "ios",
        "rtr1:127.0.0.1:ios:oxidized:x:y\nRTR1:127.0.0.1:ios:oxidized:x:y\n",
    ),
}  # fmt: skip
OPTIONS = {"oxidized": ', options: {map: "name=0,ip=1,model=2"}'}


def own(folder: Path, source: str, credential: str = "ops", port: int = 22) -> Path:
    """An inventory of our own that takes its devices from a list."""
    path = folder / "inventory.yaml"
    path.write_text(
        "schema: auditor/inventory/1\n"
        'credentials:\n  ops: {username: auditor, password: "env:T_PASSWORD"}\n'
        f"sources:\n  - {{{source}}}\nassign:\n  - {{port: {port}, credential: {credential}}}\n",
        "utf-8",
    )
    return path


def laid(sample: Sample, folder: Path, text: str, **changes: Any) -> Path:
    """The list and its neighbours on disk, and the inventory that names it."""
    for name, content in (*sample.beside, (sample.file, text)):
        (folder / name).write_text(content, "utf-8")
    return own(folder, f"kind: {sample.kind}, path: {sample.file}{OPTIONS.get(sample.kind, '')}", **changes)


def audited(auditor: Any, folder: Path, path: Path, device: Any) -> None:
    """Collected from the device that the list names, and judged."""
    known_hosts(folder, device.host_key_line)
    done = auditor("audit", path, "-o", folder / "report", "--format", "json", "--json", "-")
    assert done.out, done.err
    run = json.loads(done.out)
    assert [(one["name"], one["platform"], one["status"]) for one in run["devices"]] == [
        ("rtr1", "cisco_ios", "audited")
    ]
    assert run["findings"]
    assert {name for name, _ in device.logins} == {"auditor"}, "no login of the list is taken over"


@pytest.fixture
def router(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    with emulated(hostname="rtr1", outputs={"show running-config": IOS.replace("r1", "rtr1")}) as device:
        monkeypatch.setenv("T_PASSWORD", device.password)
        yield device


@pytest.mark.parametrize("name", SAMPLES)
def test_from_the_list_to_the_audit(name: str, tmp_path: Path, auditor: Any, router: Any) -> None:
    sample = SAMPLES[name]
    # What a list says of a port goes before the rules.
    text = sample.text.replace("port: 22\n", f"port: {router.port}\n")
    audited(auditor, tmp_path, laid(sample, tmp_path, text, port=router.port), router)


def test_from_a_workbook_to_the_audit(tmp_path: Path, auditor: Any, router: Any) -> None:
    book = Workbook()
    for row in ("Hostname", "IP address", "OS"), ("rtr1", "127.0.0.1", "ios"):
        book.active.append(row)
    book.save(tmp_path / "devices.xlsx")
    audited(auditor, tmp_path, own(tmp_path, "kind: xlsx, path: devices.xlsx", port=router.port), router)


def fault(path: Path) -> str:
    with pytest.raises(InventoryError) as caught:
        load(path, KNOWN, lambda _: "token")
    return str(caught.value)


def line_of(text: str, part: str) -> int:
    return text.count("\n", 0, text.index(part)) + 1


@pytest.mark.parametrize("name", SAMPLES)
def test_a_device_twice(name: str, tmp_path: Path) -> None:
    sample = SAMPLES[name]
    told = fault(laid(sample, tmp_path, sample.twice))
    second = "srl2" if sample.kind == "containerlab" else "RTR1"
    line = line_of(sample.twice, f'"{second}":' if sample.kind == "containerlab" else second)
    assert f"{sample.file}:{line}: device" in told
    assert told.endswith("is listed twice")


@pytest.mark.parametrize("name", SAMPLES)
def test_a_platform_that_nobody_knows(name: str, tmp_path: Path) -> None:
    sample = SAMPLES[name]
    if name == "containerlab, Ansible":
        pytest.skip("a group of any name; the platform is missing then, and the collection says so")
    text = sample.text.replace(sample.platform, "aos9")
    line = line_of(text, '"srl1":' if sample.kind == "containerlab" else "rtr1")
    assert f"{sample.file}:{line}: device 'rtr1': unknown platform 'aos9'" in fault(laid(sample, tmp_path, text))


@pytest.mark.parametrize("name", [name for name, sample in SAMPLES.items() if sample.lost])
def test_a_name_that_nothing_defines(name: str, tmp_path: Path) -> None:
    sample = SAMPLES[name]
    assert sample.lost is not None
    text = sample.text.replace(*sample.lost)
    assert text != sample.text
    told = fault(laid(sample, tmp_path, text))
    assert sample.file in told
    assert "not defined" in told or "unknown credential 'opz'" in told


@pytest.mark.parametrize("name", SAMPLES)
def test_a_credential_that_is_not_there(name: str, tmp_path: Path) -> None:
    sample = SAMPLES[name]
    told = fault(laid(sample, tmp_path, sample.text.replace(",ops", ",opz"), credential="opz"))
    line = line_of(sample.text, '"srl1":' if sample.kind == "containerlab" else "rtr1")
    assert f"{sample.file}:{line}: device 'rtr1': unknown credential 'opz'; did you mean 'ops'?" in told


def test_a_node_of_containerlab_twice_in_its_file(tmp_path: Path) -> None:
    """JSON keeps the last of two; the first would be lost without a word."""
    sample = SAMPLES["containerlab, topology"]
    text = clab(srl1=CLAB_NODE, srl2=CLAB_NODE | {"longname": "rtr2"}).replace(
        '"srl2": {\n      "index"', '"srl1": {\n      "index"'
    )
    line = text.count("\n", 0, text.rindex('"srl1": {')) + 1
    assert f"topology-data.json:{line}: 'srl1' is listed twice" in fault(laid(sample, tmp_path, text))


def test_a_group_of_nornir_in_a_group_that_is_not_defined(tmp_path: Path) -> None:
    sample = SAMPLES["nornir"]
    path = laid(sample, tmp_path, sample.text)
    (tmp_path / "groups.yaml").write_text("eos: {}\ncmh:\n  groups: [bma]\n")
    assert "groups.yaml:2: group 'cmh': group 'bma' is not defined" in fault(path)
    (tmp_path / "groups.yaml").unlink()
    assert "hosts.yaml:1: host 'rtr1': group 'cmh' is not defined" in fault(path)


def test_a_port_of_oxidized_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "router.db").write_text("rtr1:ios:ssh\n")
    path = own(tmp_path, 'kind: oxidized, path: router.db, options: {map: "name=0,model=1,port=2"}')
    assert "router.db:1: device 'rtr1': port 'ssh': expected a number" in fault(path)


# Services: the forms of github.com/netbox-community/pynetbox, tests/fixtures/dcim/devices.json, and of Oxidized's web
# interface (github.com/ytti/oxidized-web, `/nodes.json`).

NETBOX = {
    "id": 1,
    "name": "rtr1",
    "display_name": "rtr1",
    "device_type": {
        "id": 1,
        "url": "http://localhost:8000/api/dcim/device-types/1/",
        "manufacturer": {"id": 1, "url": "http://localhost:8000/api/dcim/manufacturers/1/", "name": "Cisco", "slug": "cisco"},
        "model": "ISR4331",
        "slug": "isr4331",
    },
    "role": {"id": 1, "url": "http://localhost:8000/api/dcim/device-roles/1/", "name": "Router", "slug": "router"},
    "tenant": None,
    "platform": {"id": 1, "url": "http://localhost:8000/api/dcim/platforms/1/", "name": "Cisco IOS", "slug": "cisco-ios"},
    "serial": "5555555555",
    "site": {"id": 1, "url": "http://localhost:8000/api/dcim/sites/1/", "name": "TEST1", "slug": "test1"},
    "status": {"value": True, "label": "Active"},
    "primary_ip": {"id": 1, "url": "http://localhost:8000/api/ipam/ip-addresses/1/", "family": 4, "address": "127.0.0.1/32"},
    "primary_ip6": None,
    "comments": "",
    "custom_fields": {},
}  # fmt: skip
NODE = {
    "name": "rtr1", "full_name": "rtr1", "ip": "127.0.0.1", "group": "default", "model": "IOS", "last": None, "vars": None,
    "mtime": "unknown",
}  # fmt: skip


@pytest.fixture
def service() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Answers both; what it lists may be changed."""
    shown: list[dict[str, Any]] = []

    class Both(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            nodes = self.path.startswith("/nodes.json")
            page = {"count": len(shown), "next": None, "previous": None, "results": shown}
            body = json.dumps(shown if nodes else page).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Both) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}", shown
        server.shutdown()
        thread.join()


SERVICES = {"netbox": (NETBOX, 'token: "env:T_PASSWORD"'), "oxidized": (NODE, "options: {}")}


@pytest.mark.parametrize("kind", SERVICES)
def test_from_a_service_to_the_audit(
    kind: str, tmp_path: Path, auditor: Any, router: Any, service: tuple[str, list[dict[str, Any]]]
) -> None:
    url, shown = service
    device, more = SERVICES[kind]
    shown.append(device)
    audited(auditor, tmp_path, own(tmp_path, f"kind: {kind}, url: '{url}', {more}", port=router.port), router)


@pytest.mark.parametrize("kind", SERVICES)
def test_faults_of_what_a_service_lists(kind: str, tmp_path: Path, service: tuple[str, list[dict[str, Any]]]) -> None:
    """There is no line in an answer: the one that names the service is told."""
    url, shown = service
    device, more = SERVICES[kind]
    path = own(tmp_path, f"kind: {kind}, url: '{url}', {more}", credential="opz")
    field = "platform" if kind == "netbox" else "model"
    unknown = (
        {"id": 9, "url": f"{url}/api/dcim/platforms/9/", "name": "AOS", "slug": "aos9"} if kind == "netbox" else "aos9"
    )
    shown += [device, device | {"name": "RTR1"}, device | {"name": "rtr2", field: unknown}]
    told = fault(path)
    assert "inventory.yaml:5: device 'RTR1' is listed twice" in told
    assert "inventory.yaml:5: device 'rtr2': unknown platform 'aos9'" in told
    assert "inventory.yaml:5: device 'rtr1': unknown credential 'opz'" in told
