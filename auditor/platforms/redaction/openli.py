"""Lawful intercept: files of OpenLI, a free system for it. Who is intercepted, for whom, and where its parts listen go.

Sources: doc/exampleconfigs of OpenLI-NZ/openli (running-intercept, provisioner, mediator and collector; reference S11).
What its files say is class 1 and 2 throughout; nothing in them says how a network element is guarded.
"""

import re

from auditor.platforms.redaction.spans import json_members, without

_OWN = (
    rb"(?:ip|voip|email)intercepts|agencies|x2x3inputs|jmirrors|alumirrors|udpsinks|mediationaddr|mediationport|provisioneraddr|provisionerport"
    rb"|intercept-config-file|encrypt-intercept-config-file|interceptpointid|mediatorid|altoperatorid"
)
"""Keys that nothing else has."""
_BESIDE = (
    rb"clientaddr|clientport|updateaddr|updateport|listenaddr|listenport|operatorid|networkelementid|emailingest|sipservers|radiusservers"
    rb"|gtpservers|smtpservers|imapservers|pop3servers|defaultradiususers|RMQ(?:name|pass|internalpass)|restauthkey|restauthdb|pcapdirectory|pcapfilename"
)
"""Keys that mean this beside one of those."""
_IN_AGENCY = rb"agencyid|agencycountrycode|hi[23]address|hi[23]port"
_WORDS = (
    *(b"intercepts", b"agencies", b"agencyid", b"x2x3inputs", b"jmirrors", b"alumirrors", b"udpsinks"),
    *(
        b"mediationaddr",
        b"provisioneraddr",
        b"intercept-config-file",
        b"interceptpointid",
        b"mediatorid",
        b"hi2address",
        b"hi3address",
    ),
)
SIGNS = _WORDS
_COMMENTED = rb"(?:#[ \t]?)?"


def _blocks(keys: bytes) -> re.Pattern[bytes]:
    """A key with all that stands below it: what is deeper, items of its list, comments and blank lines between."""
    return re.compile(
        rb"^(?P<in>[ \t]*)" + _COMMENTED + rb"(?:" + keys + rb"):(?:[ \t][^\n]*)?\r?(?:\n"
        rb"(?:(?:[ \t]*(?:#[^\n]*)?\n)*(?P=in)"
        + _COMMENTED
        + rb"(?:[ \t]+(?:-[ \t]+)?[\w-]+:(?:[ \t][^\n]*)?|[ \t]*-[ \t][^\n]*)(?:\n|\Z))*|\Z)",
        re.MULTILINE,
    )


_OWN_BLOCK = _blocks(_OWN)
_OTHER_BLOCK = _blocks(_BESIDE)
_LOOSE = re.compile(rb"^[ \t]*(?:-[ \t]+)?(?:" + _IN_AGENCY + rb"):[ \t][^\n]*(?:\n|\Z)", re.MULTILINE)
_MEMBER = re.compile(rb'"(?:' + _OWN + rb"|" + _IN_AGENCY + rb')"[ \t\r\n]*:[ \t\r\n]*')


def files(content: bytes) -> bytes:
    """A text without what a file of OpenLI says, as YAML or in the JSON of its interface."""
    if not any(word in content for word in _WORDS):
        return content
    content = without(content, json_members(content, _MEMBER.finditer(content), 0))
    kept = _LOOSE.sub(b"", _OWN_BLOCK.sub(b"", content))
    return _OTHER_BLOCK.sub(b"", kept) if kept != content else content
