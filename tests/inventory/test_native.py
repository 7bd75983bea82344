"""The auditor's own inventory file: what it holds, and every way in which it can be wrong."""

import pytest

from auditor.inventory import InventoryError, load
from auditor.model.device import Device

KNOWN = ("cisco_ios", "cisco_iosxe", "juniper_junos", "frr")
SECRET = "hunter2-unique"


def write(folder, text):
    path = folder / "pe.yaml"
    path.write_text(text if text.startswith("schema") else "schema: auditor/inventory/1\n" + text)
    return path


def faults(folder, text):
    """The lines of the message, without the path."""
    path = write(folder, text)
    with pytest.raises(InventoryError) as caught:
        load(path, KNOWN)
    assert SECRET not in str(caught.value)
    return [line.removeprefix(f"{path}:") for line in str(caught.value).splitlines()]


def test_everything_written(tmp_path):
    path = write(
        tmp_path,
        """
credentials:
  ops: {username: auditor, password: "env:A", enable: "keyring:routers/enable", key_file: ~/.ssh/id}
  other: {username: x, password: "command:pass show routers", enable: "prompt:"}
defaults: {platform: ios, port: 2222, credential: ops}
known_hosts: keys/known_hosts
devices:
  - {name: pe1, role: pe, site: osl, tags: [a, b], address: 192.0.2.1}
  - {name: pe2, platform: junos, address: pe2.example.net, port: 22, credential: other}
  - {name: pe3, address: "2001:db8::1", credential: ""}
  - {name: pe4, platform: auto, config: configs/pe4.cfg}
""",
    )
    read = load(path, KNOWN)
    assert read.devices == (
        Device("pe1", "cisco_ios", "pe", "osl", ("a", "b"), "192.0.2.1", 2222, "ops"),
        Device("pe2", "juniper_junos", address="pe2.example.net", port=22, credential="other"),
        Device("pe3", "cisco_ios", address="2001:db8::1", port=2222),
        Device("pe4", "auto", port=2222, credential="ops", config="configs/pe4.cfg"),
    )
    assert (read.known_hosts, read.folder) == (tmp_path / "keys" / "known_hosts", tmp_path)
    assert read.credentials["ops"].key_file == "~/.ssh/id"
    assert repr(read.credentials["ops"]) == "Credential(username='auditor')"


@pytest.mark.parametrize(
    ("alias", "platform"),
    [
        ("cisco_xe", "cisco_iosxe"),
        ("iosxe", "cisco_iosxe"),
        ("ios", "cisco_ios"),
        ("cisco.ios.ios", "cisco_ios"),
        ("IOS", "cisco_ios"),
        (" junos ", "juniper_junos"),
        ("juniper", "juniper_junos"),
        ("junipernetworks.junos.junos", "juniper_junos"),
        ("frrouting", "frr"),
        ("frr.frr.frr", "frr"),
        ("auto", "auto"),
    ],
)
def test_names_that_other_tools_give_a_platform(alias, platform, tmp_path):
    path = write(tmp_path, f'devices:\n  - {{name: r, platform: "{alias}", config: x}}\n')
    assert load(path, KNOWN).devices[0].platform == platform


GOOD = "credentials:\n  ops: {username: u}\n"
WANTED = (
    "expected a reference (env:NAME, file:PATH, keyring:SERVICE/USER, command:PROGRAM ..., prompt:TEXT or vault:...)"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("schema: auditor/inventory/9\ndevices: [{name: r, config: x}]\n", "1: expected schema auditor/inventory/1"),
        ("devices: []\n", "2: the inventory has no devices"),
        (
            "devices:\n  - {name: r, config: x,\n     platform: cisco_iso}\n",
            "4: device 'r': unknown platform 'cisco_iso'; did you mean 'cisco_ios'?",
        ),
        (
            "devices:\n  - {name: r, config: x, platform: zzzzzz}\n",
            "3: device 'r': unknown platform 'zzzzzz'; known: auto, cisco_ios, cisco_iosxe, frr, juniper_junos",
        ),
        (
            GOOD + "devices:\n  - {name: r, config: x, credential: op}\n",
            "5: device 'r': unknown credential 'op'; did you mean 'ops'?",
        ),
        ("devices:\n  - {name: r, config: x, port: 0}\n", "3: device 'r': port 0: expected 1 to 65535"),
        ("devices:\n  - {name: r, config: x, port: 65536}\n", "3: device 'r': port 65536: expected 1 to 65535"),
        ("devices:\n  - name: r\n", "3: device 'r': expected 'address' or 'config'"),
        (
            "devices:\n  - {name: r, address: 192.0.2.300}\n",
            "3: device 'r': bad address '192.0.2.300': expected a name or an IP address",
        ),
        (
            "devices:\n  - {name: r, address: -oProxyCommand=x}\n",
            "3: device 'r': bad address '-oProxyCommand=x': expected a name or an IP address",
        ),
        (
            f"devices:\n  - {{name: r, address: 'admin:{SECRET}@192.0.2.1'}}\n",
            "3: device 'r': bad address with a login in front of it: expected a name or an IP address",
        ),
        (
            "devices:\n  - {name: a/b, config: x}\n",
            "3: name 'a/b': expected 1 to 128 characters, no slashes or control characters",
        ),
        (
            "devices:\n  - {name: '..', config: x}\n",
            "3: name '..': expected 1 to 128 characters, no slashes or control characters",
        ),
        (
            "devices:\n  - {name: r, config: x}\n  - {name: R, config: y}\n",
            "4: device 'R' is listed twice",
        ),
        ("devices:\n  - {config: x}\n", "3: devices.0: Object missing required field `name`"),
        ("devices:\n  - {name: r, adress: 192.0.2.1}\n", "3: unknown key 'adress'; did you mean 'address'?"),
        ("device: []\n", "2: unknown key 'device'; did you mean 'devices'?"),
        ("devices:\n  - {name: r, name: s, config: x}\n", "3: 'name' is written twice"),
        ("devices:\n  - {name: r, port: many, config: x}\n", "3: devices.0.port: Expected `int | null`, got `str`"),
        ("devices: [}\n", "2: not valid YAML: "),
        ("credentials: {c: {password: 'env:A'}}\ndevices: []\n", "2: credential 'c': expected 'username'"),
        ("defaults: {platfrom: ios}\ndevices: []\n", "2: unknown key 'platfrom'; did you mean 'platform'?"),
    ],
)
def test_a_fault_names_line_and_nearest_word(text, expected, tmp_path):
    assert any(line.startswith(expected) for line in faults(tmp_path, text)), faults(tmp_path, text)


@pytest.mark.parametrize("field", ["password", "enable"])
@pytest.mark.parametrize("value", [SECRET, f"Env:{SECRET}", f"7 {SECRET}", f"safe:{SECRET}", f" env:{SECRET}"])
def test_a_secret_in_the_file_is_refused_and_not_repeated(value, field, tmp_path):
    text = f'credentials:\n  ops:\n    username: u\n    {field}: "{value}"\ndevices: [{{name: r, config: x}}]\n'
    assert faults(tmp_path, text) == [f"5: credential 'ops': {field}: {WANTED}, not the secret itself"]


@pytest.mark.parametrize(
    "value", ["env:", "env:NOT A NAME", "env:1A", "keyring:routers", "keyring:", "command:", "command:  "]
)
def test_a_reference_that_leads_nowhere(value, tmp_path):
    text = f'credentials:\n  ops: {{username: u, password: "{value}"}}\ndevices: [{{name: r, config: x}}]\n'
    assert faults(tmp_path, text) == [f"3: credential 'ops': password: {WANTED}"]


@pytest.mark.parametrize(
    "line", [f"passwd: {SECRET}", f"password: [{SECRET}]", "password: 12345678", f"password: {{x: {SECRET}}}"]
)
def test_a_misplaced_secret_is_not_repeated(line, tmp_path):
    text = f"credentials:\n  ops:\n    username: u\n    {line}\ndevices: [{{name: r, config: x}}]\n"
    (only,) = faults(tmp_path, text)
    assert only.startswith("5: ")
    assert "12345678" not in only


def test_all_faults_together(tmp_path):
    text = f"""schema: auditor/inventory/0
credentials:
  ops: {{username: u, password: {SECRET}}}
devices:
  - {{name: a, platform: ioss, address: "bad address"}}
  - {{name: a, port: 99999, credential: none, config: x}}
  - {{name: c}}
"""
    assert [line.partition(":")[0] for line in faults(tmp_path, text)] == ["1", "3", "5", "5", "6", "6", "7", "6"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "1: Expected `object`, got `null`"),
        (b"- a\n", "1: Expected `object`, got `array`"),
        (b"\xff\xfe", " is not UTF-8 text"),
    ],
)
def test_what_is_no_inventory(content, expected, tmp_path):
    path = tmp_path / "pe.yaml"
    path.write_bytes(content)
    with pytest.raises(InventoryError) as caught:
        load(path, KNOWN)
    assert str(caught.value) == f"{path}:{expected}"


def test_no_file(tmp_path):
    with pytest.raises(InventoryError) as caught:
        load(tmp_path / "none.yaml", KNOWN)
    assert str(caught.value) == f"{tmp_path / 'none.yaml'}: cannot be read: No such file or directory"


def test_loading_runs_nothing(tmp_path):
    path = write(tmp_path, f"devices: !!python/object/apply:os.system ['touch {tmp_path}/made']\n")
    with pytest.raises(InventoryError):
        load(path, KNOWN)
    assert not (tmp_path / "made").exists()
