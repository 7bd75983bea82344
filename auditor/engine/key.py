"""The key that makes secrets comparable within one operator's audits and worthless to anybody else."""

import os
import secrets
from pathlib import Path

KEY_VARIABLE = "AUDITOR_KEY"
_BYTES = 32


def fingerprint_key() -> bytes:
    """The key from the environment, else one kept for this user, made at first use.

    With the same key the subject of a finding on a secret stays the same between runs. Where nothing can be
    kept, the key lives for this run only.
    """
    given = os.environ.get(KEY_VARIABLE)
    if given:
        return given.encode()
    path = Path(os.environ.get("XDG_STATE_HOME") or "~/.local/state").expanduser() / "auditor" / "fingerprint.key"
    try:
        if path.exists():
            kept = path.read_bytes()
            # A file cut short would make a key that can be guessed.
            return kept if len(kept) >= _BYTES else secrets.token_bytes(_BYTES)
        key = secrets.token_bytes(_BYTES)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
    except OSError:
        return secrets.token_bytes(_BYTES)
    return key
