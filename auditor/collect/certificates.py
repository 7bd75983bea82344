"""Certificates of hosts (OpenSSH, PROTOCOL.certkeys): which one is good for a host.

paramiko takes part in the key exchange with one and checks that the host has its key; the signature of the authority and
what the certificate says are checked here, with what `cryptography` reads of it.
"""

import base64
import time
from fnmatch import fnmatchcase

import paramiko
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    SSHCertificate,
    SSHCertificateType,
    load_ssh_public_identity,
)

from auditor.collect.host_keys import KnownHosts

SUFFIX = "-cert-v01@openssh.com"


def shown(key: paramiko.PKey) -> bytes:
    """The certificate that a host showed with its key; empty where it showed the key alone."""
    blob = key.public_blob
    return blob.key_blob if blob is not None and blob.key_type.endswith(SUFFIX) else b""


def fault(certificate: bytes, address: str, name: str, known: KnownHosts) -> str:
    """Why the certificate of a host is not good for this address; empty where it is.

    `name` is the name under which keys of the host are stored. A certificate without principals is good for none.
    """
    kind = certificate[4 : 4 + int.from_bytes(certificate[:4], "big")]
    try:
        read = load_ssh_public_identity(kind + b" " + base64.b64encode(certificate))
    except (ValueError, TypeError):
        return "it cannot be read"
    if not isinstance(read, SSHCertificate):
        return "it is none"
    authority = _blob(read.signature_key())
    if authority not in known.authorities(name):
        return "its authority is not trusted for this host"
    try:
        read.verify_cert_signature()
    except InvalidSignature:
        return "its signature is wrong"
    if known.revoked(_blob(read.public_key())):
        return "its key is revoked"
    return _terms(read, address)


def _terms(read: SSHCertificate, address: str) -> str:
    if read.type is not SSHCertificateType.HOST:
        return "it is none of a host"
    if read.critical_options:
        return "it makes conditions that are not known"
    if not any(fnmatchcase(address, principal.decode("utf-8", "replace")) for principal in read.valid_principals):
        return "it is for another host"
    if not read.valid_after <= time.time() < read.valid_before:
        return "it is not valid at this time"
    return ""


def _blob(key: object) -> bytes:
    text: bytes = key.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)  # type: ignore[attr-defined]
    return base64.b64decode(text.split()[1])
