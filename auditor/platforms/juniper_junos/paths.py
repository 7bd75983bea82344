"""`apply-path`: lists that are made of what stands elsewhere in the configuration (syntax-other-families A1.4)."""

import fnmatch
import re

from auditor.platforms.juniper_junos.statements import JunosReader
from auditor.syntax.braces import Word

_ADDRESS = re.compile(r"[0-9a-fA-F]*[.:][0-9a-fA-F.:]*(?:/\d+)?$")


def matches(reader: JunosReader, root: Word, path: str) -> list[Word]:
    """The addresses at the end of a path such as `interfaces <*> unit <*> family inet address <*>`."""
    found = [root]
    for step in path.split():
        if step[:1] == "<" and step[-1:] == ">":
            match = re.compile(fnmatch.translate(step[1:-1])).match
            found = [child for word in found for child in reader.entries(inside=word) if match(child.text)]
        else:
            found = [word.children[step] for word in found if step in word.children]
    return [word for word in found if _ADDRESS.match(word.text)]
