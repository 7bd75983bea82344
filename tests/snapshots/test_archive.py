"""Snapshots in one file: round trip, tampering, hostile archives; encrypted ones."""

import io
import json
import os
import random
import stat
import subprocess
import sys
import tarfile
from pathlib import Path

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from auditor.snapshots import sealed, signature
from auditor.snapshots.archive import zstd
from auditor.snapshots.journal import SnapshotWriter
from auditor.snapshots.manifest import SnapshotError
from auditor.snapshots.output import Output, begin, finish, pack
from auditor.snapshots.reader import opened, read, wrong
from tests.collect.support import IOS
from tests.collect.test_cli_collect import inventory
from tests.snapshots.support import written
from tests.snapshots.test_signature import GOOD, key
from tests.snapshots.test_snapshot import document_file, one


@pytest.fixture
def folder(tmp_path):
    return written(tmp_path / "s", one(), one("r2"))


@pytest.fixture
def packed(folder, tmp_path):
    path = tmp_path / "s.tar.zst"
    pack(opened(folder), Output(path))
    return path


def members(path: Path) -> list[tuple[tarfile.TarInfo, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(zstd.decompress(path.read_bytes()))) as found:
        return [(member, found.extractfile(member).read()) for member in found]


def repacked(path: Path, content: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    with zstd.ZstdFile(path, "w") as file, tarfile.open(fileobj=file, mode="w|") as made:
        for member, one_content in content:
            if member.isreg():
                member.size = len(one_content)
            made.addfile(member, io.BytesIO(one_content))


def test_round_trip(folder, packed):
    assert list(read(opened(packed))) == list(read(opened(folder)))
    assert wrong(opened(packed)) == []
    assert stat.S_IMODE(packed.stat().st_mode) == 0o600
    names = [member.name for member, _ in members(packed)]
    assert names[0] == "manifest.json"
    assert len(names) == 5


def test_the_same_folder_gives_the_same_bytes(folder, packed, tmp_path):
    for path in folder.rglob("*"):
        os.utime(path, (1, 1))
    pack(opened(folder), Output(tmp_path / "again.tar.zst"))
    assert (tmp_path / "again.tar.zst").read_bytes() == packed.read_bytes()


def test_what_is_not_whole_is_not_packed(folder, tmp_path):
    document_file(folder).write_text("changed")
    with pytest.raises(SnapshotError, match="was changed"):
        pack(opened(folder), Output(tmp_path / "x.tar.zst"))
    with SnapshotWriter(tmp_path / "u", [one().device]):
        pass
    with pytest.raises(SnapshotError, match="not finished"):
        pack(opened(tmp_path / "u"), Output(tmp_path / "x.tar.zst"))
    assert not list(tmp_path.glob("x.tar*"))


def test_an_audit_reads_it(folder, packed, auditor, tmp_path):
    told = [
        auditor("audit", source, "-o", tmp_path / "r", "--format", "json", "--json", "-", "-q")
        for source in (folder, packed)
    ]
    assert told[0].code == told[1].code == 1
    runs = [json.loads(one.out) for one in told]
    for part in ("devices", "results", "findings"):
        assert runs[0][part] == runs[1][part]
    assert [device["name"] for device in runs[1]["devices"]] == ["r1", "r2"]


def change(content):
    member, text = content[1]
    content[1] = (member, text[:-1] + b"!")


def shorten(content):
    member, text = content[1]
    content[1] = (member, text[:-1])


def lengthen(content):
    member, text = content[1]
    content[1] = (member, text + b"!")


def drop(content):
    del content[1]


def twice(content):
    content.append(content[1])


def swap(content):
    content[1], content[2] = content[2], content[1]


def put_in(content):
    content.insert(2, (tarfile.TarInfo("../../etc/passwd"), b"root"))


def link(content):
    member = tarfile.TarInfo(content[1][0].name)
    member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
    content[1] = (member, b"")


def device(content):
    member = tarfile.TarInfo("dev")
    member.type = tarfile.CHRTYPE
    content.append((member, b""))


TAMPERED = {
    change: ["r1: show running-config: was changed since it was collected"],
    shorten: ["r1: show running-config: was changed since it was collected"],
    lengthen: ["r1: show running-config: was changed since it was collected"],
    link: ["r1: show running-config: was changed since it was collected"],
    drop: ["r1: show running-config: is missing"],
    twice: ["devices/000000-r1/00-show-running-config.txt: is no part of the snapshot"],
    swap: [
        "r1: show running-config: is missing",
        "devices/000000-r1/00-show-running-config.txt: is no part of the snapshot",
    ],
    put_in: ["../../etc/passwd: is no part of the snapshot"],
    device: ["dev: is no part of the snapshot"],
}


@pytest.mark.parametrize("how", TAMPERED)
def test_tampering(how, packed, tmp_path):
    content = members(packed)
    how(content)
    repacked(packed, content)
    before = sorted(tmp_path.rglob("*"))
    assert list(wrong(opened(packed))) == TAMPERED[how]
    assert [len(found.documents) for found in read(opened(packed))] in ([2, 2], [1, 2])
    assert sorted(tmp_path.rglob("*")) == before


def test_an_archive_without_a_manifest_in_front(packed):
    repacked(packed, members(packed)[::-1])
    with pytest.raises(SnapshotError, match=r"s\.tar\.zst: is no snapshot: manifest\.json is not the first in it"):
        opened(packed)


@pytest.mark.parametrize("kept", [0, 3, 30, -40, -1])
def test_a_cut_archive(kept, packed):
    packed.write_bytes(packed.read_bytes()[:kept])
    with pytest.raises(SnapshotError, match=r"s\.tar\.zst: "):
        wrong(opened(packed))


@pytest.mark.parametrize("content", [b"hello", b"\x28\xb5\x2f\xfd", zstd.compress(b"hello" * 500), zstd.compress(b"")])
def test_what_is_no_archive(content, packed, auditor):
    packed.write_bytes(content)
    for command in ("verify", "list"):
        done = auditor("snapshot", command, packed)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith(f"auditor: {packed}: is no ")


BOMB = """
import resource, sys
from pathlib import Path
from auditor.snapshots.reader import SnapshotError, opened, wrong
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
try:
    print(wrong(opened(Path(sys.argv[1]))))
except SnapshotError as error:
    print(error)
"""


def bombs(content):
    """A member of 3 GiB: as the manifest, in the place of a document, and as something that does not belong there."""
    for place, name in ((0, "manifest.json"), (1, content[1][0].name), (2, "more")):
        member = tarfile.TarInfo(name)
        member.size = 3 << 30
        yield [*content[:place], (member, None), *content[place:]]


@pytest.mark.parametrize("number", range(3))
def test_a_bomb_takes_no_memory(number, packed):
    made = list(bombs(members(packed)))[number]
    zeros = bytes(1 << 20)
    with zstd.ZstdFile(packed, "w", level=1) as file:
        for member, content in made:
            file.write(member.tobuf(tarfile.USTAR_FORMAT))
            if content is None:
                for _ in range(member.size >> 20):
                    file.write(zeros)
            else:
                file.write(content + bytes(-len(content) % 512))
    assert packed.stat().st_size < 1 << 20
    done = subprocess.run([sys.executable, "-c", BOMB, str(packed)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    assert str(packed) in done.stdout


def test_signed_and_then_packed(folder, auditor, tmp_path):
    auditor("snapshot", "sign", folder, "--key", key(tmp_path / "mine"))
    path = tmp_path / "x.tar.zst"
    assert auditor("snapshot", "pack", folder, "-o", path).code == 0
    done = auditor("snapshot", "verify", path, "--key", tmp_path / "mine.pub")
    assert done.code == 0
    assert done.out.startswith(f"{GOOD}signed with SHA256:")


def test_packed_and_then_signed(packed, auditor, tmp_path):
    done = auditor("snapshot", "sign", packed, "--key", key(tmp_path / "mine"))
    assert done.code == 0
    assert (tmp_path / "s.tar.zst.sig").is_file()
    assert auditor("snapshot", "verify", packed, "--key", tmp_path / "mine.pub").code == 0
    key(tmp_path / "other")
    assert auditor("snapshot", "verify", packed, "--key", tmp_path / "other.pub").code == 3


def test_pack_overwrites_nothing(folder, packed, auditor):
    before = packed.read_bytes()
    done = auditor("snapshot", "pack", folder, "-o", packed)
    assert (done.code, done.err) == (2, f"auditor: {packed}: exists already\n")
    assert packed.read_bytes() == before
    assert auditor("snapshot", "pack", folder, "-o", folder.with_name("x.zip")).code == 2


@pytest.fixture
def collected(tmp_path):
    (tmp_path / "a.cfg").write_text(IOS)
    return inventory(tmp_path, "name: pe1, platform: ios, config: a.cfg")


def test_collect_into_one_file(collected, auditor, tmp_path):
    path = tmp_path / "run.tar.zst"
    done = auditor("collect", collected, "-o", path)
    assert (done.code, done.err) == (0, f"snapshot of 1 devices: {path}\n")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.cfg", "inventory.yaml", "run.tar.zst"]
    assert auditor("snapshot", "verify", path).code == 0
    again = auditor("collect", collected, "-o", path)
    assert (again.code, again.err) == (2, f"auditor: {path}: holds a snapshot already\n")


def test_killed_after_the_file_was_written(collected, auditor, tmp_path):
    path = tmp_path / "run.tar.zst"
    auditor("collect", collected, "-o", path)
    before = path.read_bytes()
    (tmp_path / "run.tar.zst.partial").mkdir()
    again = auditor("collect", collected, "-o", path, "--resume")
    assert (again.code, again.err) == (0, f"the snapshot was finished before: {path}\n")
    assert path.read_bytes() == before
    assert not (tmp_path / "run.tar.zst.partial").exists()
    other = inventory(tmp_path, "name: pe2, platform: ios, config: a.cfg")
    again = auditor("collect", other, "-o", path, "--resume")
    reason = "it was begun with device 'pe1', which is not asked for now (inventory or --only)"
    assert (again.code, again.err) == (2, f"auditor: {path}: cannot be resumed: {reason}\n")


def test_one_file_is_resumed(tmp_path):
    output = Output(tmp_path / "run.tar.zst")
    devices = [one(name).device for name in ("r1", "r2")]
    with begin(output, devices, "collect", resume=False) as writer:
        writer.add(1, one("r2"))
    with pytest.raises(SnapshotError, match="go on with --resume"):
        begin(output, devices, "collect", resume=False)
    with begin(output, devices, "collect", resume=True) as writer:
        assert set(writer.done) == {1}
        writer.add(0, one("r1"))
        finish(output, writer)
    assert [path.name for path in tmp_path.iterdir()] == ["run.tar.zst"]
    assert [found.device.name for found in read(opened(output.path))] == ["r1", "r2"]
    assert wrong(opened(output.path)) == []


# -- encrypted -----------------------------------------------------------------------------------------------------


@pytest.fixture
def age(tmp_path):
    """The file of an identity, and its recipient."""
    identity = pyrage.x25519.Identity.generate()
    path = tmp_path / "identity"
    path.touch(0o600)
    path.write_text(f"# created by a test\n{identity}\n")
    return path, str(identity.to_public())


@pytest.mark.parametrize("kind", ["age", "ssh", "ssh file"])
def test_encrypted(kind, collected, auditor, age, tmp_path):
    identity, recipient = age
    if kind != "age":
        identity = key(tmp_path / "id")
        public = tmp_path / "id.pub"
        recipient = public if kind == "ssh file" else public.read_text().strip()
    path = tmp_path / "run.tar.zst.age"
    assert auditor("collect", collected, "-o", path, "--recipient", recipient).code == 0
    assert not list(tmp_path.glob("*.partial"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes().startswith(b"age-encryption.org/v1\n")
    for words in (("snapshot", "verify"), ("snapshot", "list"), ("audit", "-o", tmp_path / "r", "-q")):
        none = auditor(*words, path)
        assert (none.code, none.err) == (
            2,
            f"auditor: {path}: is encrypted: name the file of the key with --identity\n",
        )
        assert auditor(*words, path, "--identity", identity).code in ((1, 3) if words[0] == "audit" else (0,))
    auditor("snapshot", "sign", path, "--key", key(tmp_path / "mine"), "--identity", identity)
    checked = auditor("snapshot", "verify", path, "--identity", identity, "--key", tmp_path / "mine.pub")
    assert checked.code == 0
    assert checked.out.startswith(f"{GOOD}signed with")


def test_nothing_is_on_the_disk_in_clear(tmp_path, age):
    """Neither while the run goes on nor after it was killed; and it can be resumed."""
    identity, recipient = age
    output = Output(tmp_path / "run.tar.zst.age", (recipient,))
    devices = [one(name).device for name in ("r1", "r2")]
    with begin(output, devices, "collect", resume=False) as writer:
        writer.add(0, one("r1"))
        files = [path for path in tmp_path.rglob("*") if path.is_file() and path != identity]
        assert len(files) == 4  # key, journal, two documents
        for path in files:
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
            for word in (b"hostname", b"192.0.2.1", b"running-config"):
                assert word not in path.read_bytes()
    with pytest.raises(SnapshotError, match="--identity"):
        begin(output, devices, "collect", resume=True)
    output = Output(output.path, (recipient,), identity)
    with begin(output, devices, "collect", resume=True) as writer:
        assert set(writer.done) == {0}
        writer.add(1, one("r2"))
        finish(output, writer)
    assert not output.folder.exists()
    source = opened(output.path, identity)
    assert [found.device.name for found in read(source)] == ["r1", "r2"]
    assert wrong(opened(output.path, identity)) == []


def test_another_identity_and_a_changed_file(folder, age, auditor, tmp_path):
    identity, recipient = age
    path = tmp_path / "x.tar.zst.age"
    assert auditor("snapshot", "pack", folder, "-o", path, "--recipient", recipient).code == 0
    wrong_key = key(tmp_path / "other")
    done = auditor("snapshot", "verify", path, "--identity", wrong_key)
    assert (done.code, done.err) == (2, f"auditor: {path}: is not encrypted to {wrong_key}, or was changed\n")
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes((content[-1] ^ 1,)))
    done = auditor("snapshot", "verify", path, "--identity", identity)
    assert (done.code, done.err) == (2, f"auditor: {path}: is not encrypted to {identity}, or was changed\n")


def test_what_is_no_recipient_and_no_identity(folder, age, auditor, tmp_path):
    path = tmp_path / "x.tar.zst.age"
    for recipient in ("age1nonsense", "ssh-ed25519 nonsense", "nowhere"):
        done = auditor("snapshot", "pack", folder, "-o", path, "--recipient", recipient)
        assert done.code == 2
        assert f"--recipient: {recipient}: is no public key" in done.err
    for words, reason in (
        ((path,), "an encrypted snapshot needs a --recipient"),
        ((tmp_path / "x.tar.zst", "--recipient", age[1]), "the name has to end with .tar.zst.age"),
    ):
        done = auditor("snapshot", "pack", folder, "-o", *words)
        assert done.code == 2
        assert reason in done.err
    assert not list(tmp_path.glob("x.*"))
    bad = tmp_path / "bad"
    bad.touch(0o600)
    bad.write_text("AGE-SECRET-KEY-1NONSENSE")
    path.write_bytes(sealed.seal(b"", sealed.recipients([age[1]])))
    done = auditor("snapshot", "verify", path, "--identity", bad)
    assert (done.code, done.err) == (2, f"auditor: {bad}: is no identity of age and no private key of OpenSSH\n")


@pytest.mark.parametrize("inside", [True, False])
def test_no_change_goes_unnoticed_or_crashes(inside, packed):
    """Bytes changed at random in the archive or in what it unpacks to: an error of the snapshot, or of a document."""
    drawn = random.Random(17)
    sound = packed.read_bytes()
    tar = bytearray(zstd.decompress(sound))
    told = signature.sign(opened(packed).signed, Ed25519PrivateKey.generate())
    documents = [found.documents for found in read(opened(packed))]
    for _ in range(300):
        changed = bytearray(tar if inside else sound)
        for _ in range(drawn.choice((1, 1, 3))):
            changed[drawn.randrange(len(changed) if not inside else 6000)] ^= 1 << drawn.randrange(8)
        packed.write_bytes(zstd.compress(bytes(changed)) if inside else bytes(changed))
        try:
            source = opened(packed)
            signature.signer(source.signed, told)
            faults = wrong(source)
            found = [one.documents for one in read(opened(packed))]
        except SnapshotError:
            continue
        assert faults or found == documents
