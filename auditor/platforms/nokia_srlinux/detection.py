"""What a configuration of SR Linux looks like, in any of its forms."""

import re

from auditor.model.platform import Platform
from auditor.platforms.common.definition import Detection

_FIRST = 3000
_FLAT = re.compile(
    r"\s*set / (?:interface|system|network-instance|acl|routing-policy|platform|qos|tunnel-interface|bfd|oam)\b"
)
_JSON = re.compile(r"\s*\{?\s*\"srl_nokia-[\w-]+:[\w-]+\"\s*:")
_PROMPT = re.compile(r"\s*-*\{.*\b(?:running|candidate|state|show)\b.*\}-+\[.*\]-*\s*$")
_TOP = re.compile(
    # `info` prints a block with the indentation of its place in the tree: four blanks at the root.
    r"(?: {4})?(?:acl|bfd|interface \S+|network-instance \S+|system|platform|qos|routing-policy|tunnel-interface \S+|oam|tunnel) \{\s*$"
    # Commands from the root, as files for `source` hold them.
    r"|(?:set )?/ ?(?:acl|bfd|interface|network-instance|system|platform|qos|routing-policy|tunnel-interface)\b(?: \S+)* \{\s*$"
)
_OWN = re.compile(
    r"\s*(?:subinterface \d+ \{|network-instance [\w-]+(?: \{)?|json-rpc-server \{|grpc-server \S+ \{|gnmi-server \{"
    r"|cpm-filter \{|acl-filter \S+ type \S+ \{|control-plane-traffic \{|type ip-vrf|type mac-vrf|authentication-method \[|server-profile \S+ \{)\s*$"
)
_OTHERS = re.compile(
    r"\s*(?:router \"|card \d+ \{|sfm \d+ \{|persistent-indices \{)|/?configure \{|# ?TiMOS-|set version |version \S+;|\s+\S.*;\s*$"
)


def detect(lines: list[str]) -> Detection | None:
    """By names of its modules, flat lines with a root, prompts in two lines, or blocks in its words without semicolons."""
    head = [line for line in lines[:_FIRST] if line.strip()]
    if any(_JSON.match(line) for line in head):
        return Detection(Platform.NOKIA_SRLINUX, 98, "JSON with the modules of SR Linux")
    flat = sum(1 for line in head if _FLAT.match(line))
    if flat:
        return Detection(Platform.NOKIA_SRLINUX, min(97, 80 + 4 * flat), f"{flat} flat lines 'set / ...'")
    if any(_OTHERS.match(line) for line in head):
        return None
    prompt = next((line.strip() for line in head if _PROMPT.match(line)), "")
    tops = sum(1 for line in head if _TOP.match(line))
    own = sum(1 for line in head if _OWN.match(line))
    if prompt and (tops or own):
        return Detection(Platform.NOKIA_SRLINUX, 97, f"prompt {prompt[:50]}")
    if tops and own:
        return Detection(Platform.NOKIA_SRLINUX, min(95, 60 + 10 * (tops + own)), f"{tops} blocks in words of SR Linux")
    return None


_NAME = re.compile(r"\s*(?:set / system name )?host-name \"?([\w.-]+)\"?\s*$|\s*\"host-name\"\s*:\s*\"([^\"]+)\"")


def hosts(lines: list[str]) -> list[tuple[int, str]]:
    """`host-name N` in `system name`, in all forms."""
    return [(index, match[1] or match[2]) for index, line in enumerate(lines) if (match := _NAME.match(line))]
