"""Signatures: with our own keys and those of ssh-keygen and OpenSSL, and every way to tamper with a signed snapshot."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from auditor.snapshots import keys, signature
from auditor.snapshots.manifest import SnapshotError
from tests.snapshots.support import written
from tests.snapshots.test_snapshot import document_file, one, rewrite

GOOD = "every document is as it was collected; "


def key(path: Path, form: str = "openssh") -> Path:
    """A new key pair: `path` and `path`.pub."""
    private = Ed25519PrivateKey.generate()
    secret = PrivateFormat.OpenSSH if form == "openssh" else PrivateFormat.PKCS8
    path.write_bytes(private.private_bytes(Encoding.PEM, secret, NoEncryption()))
    path.chmod(0o600)
    ssh = private.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
    pem = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    path.with_suffix(".pub").write_bytes(ssh if form == "openssh" else pem)
    return path


@pytest.fixture
def folder(tmp_path):
    return written(tmp_path / "s", one(), one("r2"))


@pytest.fixture
def mine(tmp_path):
    return key(tmp_path / "mine")


@pytest.mark.parametrize("form", ["openssh", "pem"])
def test_sign_and_verify(form, auditor, folder, tmp_path):
    mine = key(tmp_path / "mine", form)
    name = signature.fingerprint(keys.trusted(tmp_path / "mine.pub"))
    done = auditor("snapshot", "sign", folder, "--key", mine)
    assert (done.code, done.out) == (0, f"signed with {name}: {folder / 'manifest.json.sig'}\n")
    assert (folder / "manifest.json.sig").stat().st_mode & 0o777 == 0o600
    done = auditor("snapshot", "verify", folder)
    assert (done.code, done.out) == (0, f"{GOOD}signed with {name} (not compared with a key: --key)\n")
    done = auditor("snapshot", "verify", folder, "--key", tmp_path / "mine.pub")
    assert (done.code, done.out) == (0, f"{GOOD}signed with {name}\n")


def change(folder: Path, tmp_path: Path) -> None:
    document_file(folder).write_text("changed")


def add(folder: Path, tmp_path: Path) -> None:
    (folder / "devices" / "000000-r1" / "07-show-version.txt").write_text("added")


def remove(folder: Path, tmp_path: Path) -> None:
    document_file(folder).unlink()


def alter_manifest(folder: Path, tmp_path: Path) -> None:
    rewrite(folder, lambda content: content["devices"].pop())
    shutil.rmtree(folder / "devices" / "000001-r2")


def space_in_manifest(folder: Path, tmp_path: Path) -> None:
    with (folder / "manifest.json").open("a") as file:
        file.write("\n")


def no_signature(folder: Path, tmp_path: Path) -> None:
    (folder / "manifest.json.sig").unlink()


def another_key(folder: Path, tmp_path: Path) -> None:
    told = signature.sign((folder / "manifest.json").read_bytes(), keys.signing(key(tmp_path / "other")))
    (folder / "manifest.json.sig").write_bytes(told)


def nonsense(folder: Path, tmp_path: Path) -> None:
    (folder / "manifest.json.sig").write_bytes(os.urandom(300))


def bit_of_signature(folder: Path, tmp_path: Path) -> None:
    place = folder / "manifest.json.sig"
    lines = place.read_bytes().splitlines(keepends=True)
    lines[-2] = lines[-2][:2] + (b"A" if lines[-2][2:3] != b"A" else b"B") + lines[-2][3:]
    place.write_bytes(b"".join(lines))


FORGED = {
    change: "r1: show running-config: was changed since it was collected",
    add: "devices/000000-r1/07-show-version.txt: is no part of the snapshot",
    remove: "r1: show running-config: is missing",
    alter_manifest: "the signature is not one of this manifest",
    space_in_manifest: "the signature is not one of this manifest",
    no_signature: "it is not signed",
    another_key: "it is signed with SHA256:",
    nonsense: "the signature is none that auditor snapshot sign makes",
    bit_of_signature: "the signature is not one of this manifest",
}


@pytest.mark.parametrize("how", FORGED)
def test_tampering(how, auditor, folder, mine, tmp_path):
    auditor("snapshot", "sign", folder, "--key", mine)
    how(folder, tmp_path)
    done = auditor("snapshot", "verify", folder, "--key", tmp_path / "mine.pub")
    assert done.code == 3
    first, last = done.out.splitlines()
    assert first.startswith(FORGED[how])
    assert last == "not verified"


def test_what_was_changed_is_not_signed(auditor, folder, mine):
    document_file(folder).write_text("changed")
    done = auditor("snapshot", "sign", folder, "--key", mine)
    assert (done.code, done.out.splitlines()[-1]) == (3, "not signed")
    assert not (folder / "manifest.json.sig").exists()


def test_a_signature_is_not_replaced(auditor, folder, mine, tmp_path):
    auditor("snapshot", "sign", folder, "--key", mine)
    done = auditor("snapshot", "sign", folder, "--key", key(tmp_path / "other"))
    assert (done.code, done.err) == (2, f"auditor: {folder}: is signed already\n")


def ecdsa() -> bytes:
    return generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())


KEYS = {
    "none": (b"hello", "is no private key, or the passphrase is not its own"),
    "half": (b"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA", "is no private key, or the passphrase is not its own"),
    "another kind": (ecdsa(), "is no Ed25519 key; make one with ssh-keygen -t ed25519"),
}


@pytest.mark.parametrize("kind", KEYS)
def test_what_is_no_key(kind, auditor, folder, tmp_path):
    path = tmp_path / "key"
    path.touch(0o600)
    path.write_bytes(KEYS[kind][0])
    done = auditor("snapshot", "sign", folder, "--key", path)
    assert (done.code, done.err) == (2, f"auditor: {path}: {KEYS[kind][1]}\n")


def test_a_key_that_others_read_is_not_used(auditor, folder, mine):
    mine.chmod(0o644)
    done = auditor("snapshot", "sign", folder, "--key", mine)
    assert (done.code, done.err) == (2, f"auditor: {mine}: others may read it; chmod 600\n")


def test_a_private_key_is_not_trusted(folder, mine):
    for path in (mine, folder / "nowhere"):
        with pytest.raises(SnapshotError, match=str(path)):
            keys.trusted(path)


def ssh_keygen(*words: object, **options) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["ssh-keygen", *map(str, words)], capture_output=True, check=False, **options)


needs_ssh_keygen = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen")


@needs_ssh_keygen
def test_ssh_keygen_verifies_ours_and_we_verify_its(auditor, folder, tmp_path):
    mine = tmp_path / "id"
    assert ssh_keygen("-q", "-t", "ed25519", "-N", "", "-C", "", "-f", mine).returncode == 0
    done = auditor("snapshot", "sign", folder, "--key", mine)
    assert ssh_keygen("-l", "-f", f"{mine}.pub").stdout.split()[1].decode() in done.out
    (tmp_path / "signers").write_text("office " + (tmp_path / "id.pub").read_text())
    place, manifest = folder / "manifest.json.sig", (folder / "manifest.json").read_bytes()
    words = ("-Y", "verify", "-f", tmp_path / "signers", "-I", "office", "-n", "auditor-snapshot", "-s", place)
    checked = ssh_keygen(*words, input=manifest)
    assert (checked.returncode, checked.stderr) == (0, b"")
    assert ssh_keygen(*words, input=manifest + b" ").returncode != 0
    place.unlink()
    ssh_keygen("-Y", "sign", "-f", mine, "-n", "auditor-snapshot", folder / "manifest.json")
    assert auditor("snapshot", "verify", folder, "--key", f"{mine}.pub").code == 0


@needs_ssh_keygen
def test_a_key_with_a_passphrase(folder, tmp_path, monkeypatch):
    mine = tmp_path / "id"
    assert ssh_keygen("-q", "-t", "ed25519", "-N", "secret words", "-f", mine).returncode == 0
    monkeypatch.setattr(keys, "_passphrase", lambda _path: b"secret words")
    assert keys.signing(mine).public_key() == keys.trusted(tmp_path / "id.pub")
    monkeypatch.setattr(keys, "_passphrase", lambda _path: b"others")
    with pytest.raises(SnapshotError, match="the passphrase is not its own"):
        keys.signing(mine)


def test_a_passphrase_needs_a_terminal(auditor, folder, tmp_path):
    private = Ed25519PrivateKey.generate()
    path = tmp_path / "id"
    path.touch(0o600)
    path.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret")))
    done = auditor("snapshot", "sign", folder, "--key", path)
    assert (done.code, done.err) == (2, f"auditor: {path}: prompt: needs a terminal\n")


def test_a_signature_for_another_purpose_is_none(monkeypatch):
    private = Ed25519PrivateKey.generate()
    told = signature.sign(b"manifest", private)
    assert signature.signer(b"manifest", told) == private.public_key()
    monkeypatch.setattr(signature, "NAMESPACE", b"git")
    other = signature.sign(b"manifest", private)
    monkeypatch.undo()
    with pytest.raises(SnapshotError, match="is none that auditor snapshot sign makes"):
        signature.signer(b"manifest", other)
