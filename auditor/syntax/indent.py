"""Reads text whose structure is its indentation."""

from collections.abc import Mapping

from auditor.syntax.tree import Node


def parse(lines: list[str], opaque: Mapping[int, int], comment: str = "!") -> Node:
    """A tree of the lines. `opaque` maps the first index of a text block (banner, certificate) to its last.

    A block is one statement without children, whatever its text looks like. Blank lines and lines that
    start with the comment character carry no structure: an indented comment ends nothing.
    """
    root = Node("", 0, 0)
    open_nodes: list[tuple[int, Node]] = [(-1, root)]
    index = 0
    count = len(lines)
    while index < count:
        line = lines[index]
        text = line.lstrip()
        if not text or text[0] == comment:
            index += 1
            continue
        indent = len(line) - len(text)
        last = opaque.get(index, index)
        while open_nodes[-1][0] >= indent:
            open_nodes.pop()
        node = Node(text.rstrip(), index + 1, last + 1)
        open_nodes[-1][1].children.append(node)
        if last == index:
            open_nodes.append((indent, node))
        index = last + 1
    return root
