"""Users of the intercept view on IOS and IOS-XE (lawful-intercept reference, 2.1).

`username lawful-intercept NAME [privilege N | view V] {password | secret} [T] P` is shown to those inside the view only,
and is dropped from the bytes before anything is read; what is kept of such a user has no name.
"""

import re
from collections.abc import Callable

from auditor.model.areas import LiAccount, LiResidue
from auditor.model.evidence import Known
from auditor.platforms.cisco_ios.secrets import RULES
from auditor.platforms.redaction.guard import digest
from auditor.platforms.redaction.withheld import place, secret_in
from auditor.syntax.text import decode

_USER = re.compile(rb"^[ \t]*username[ \t]+lawful-intercept[ \t]+(\S+)([^\n]*)", re.MULTILINE)
_FULL = re.compile(rb"[ \t]privilege[ \t]+15\b")


def seen(content: bytes, drop: Callable[[bytes], bytes]) -> LiResidue:
    """The users of the view in a document, each without its name."""
    found: list[LiAccount] = []
    end = 0
    for match in _USER.finditer(content):
        # Users who stand one behind the other have one place: each look takes as long as the whole document.
        together = found and not content[end : match.start()].strip()
        where = found[-1].source if together else place(content, match.start(), drop)
        end = match.end()
        name = decode(match[1])[0]
        # The name stands where that of any other user does, so the rules for secrets fit.
        line = "username x" + "".join(decode(match[2])[:1])
        found.append(
            LiAccount(
                fingerprint=digest(name),
                source=where,
                general=Known(_FULL.search(match[2]) is not None, (where,)),
                secret=secret_in([line], RULES),
            )
        )
    return LiResidue(accounts=tuple(found))
