"""Small changes of the code of a check, each of which ought to make one of its cases fail.

A change that another one implies is left out, so that the score is not raised by easy ones: where a condition is replaced
by True and by False, it is not negated as well; a statement that is all that an `if` guards is not dropped as well.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.mutation.modules import Module, Node, deciding_nodes

NEXT = {
    "Severity": {"CRITICAL": "HIGH", "HIGH": "MEDIUM", "MEDIUM": "HIGH", "LOW": "MEDIUM", "INFO": "HIGH"},
    "Confidence": {"CERTAIN": "LIKELY", "LIKELY": "CERTAIN", "POSSIBLE": "CERTAIN"},
}
"""Enum -> member -> the member that stands in for it."""
OPPOSITE: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.GtE,),
    ast.GtE: (ast.Lt,),
    ast.Gt: (ast.LtE,),
    ast.LtE: (ast.Gt,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
BOUNDARY: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
SWAPPED = {"any": "all", "all": "any", "min": "max", "max": "min", "startswith": "endswith", "endswith": "startswith"}
TRIMMING = {"lower", "upper", "casefold", "strip", "lstrip", "rstrip", "removeprefix", "removesuffix"}
LEFT_OUT = ast.Pass()
_WIDTH = 110


@dataclass(frozen=True)
class Mutant:
    """One change at one place."""

    module: str
    line: int
    text: str
    """The line of the code."""
    change: str
    parent: ast.AST
    field: str
    index: int | None
    new: ast.AST

    @contextmanager
    def applied(self) -> Iterator[None]:
        """The tree of the module with the change."""
        value = getattr(self.parent, self.field)
        if self.index is None:
            setattr(self.parent, self.field, self.new)
        else:
            old, value[self.index] = value[self.index], self.new
        try:
            yield
        finally:
            if self.index is None:
                setattr(self.parent, self.field, value)
            else:
                value[self.index] = old


def mutants(module: Module) -> Iterator[Mutant]:
    """Every change of a module, in the order of its lines."""
    found = [
        _mutant(module, place, new)
        for definition in module.deciding
        for place in [*deciding_nodes(definition)]
        for new in _changes(place, top=isinstance(definition, ast.Assign | ast.AnnAssign))
    ]
    yield from sorted(found, key=lambda mutant: mutant.line)


def _mutant(module: Module, place: Node, new: ast.AST) -> Mutant:
    parent, field, index, old = place
    line = getattr(old, "lineno", None) or getattr(parent, "lineno", 0)
    located = ast.copy_location(new, old if hasattr(old, "lineno") else parent)
    change = _without(old, new) or f"{_said(old)}  =>  {_said(new)}"
    return Mutant(module.name, line, module.lines[line - 1].strip(), change, parent, field, index, located)


def _without(old: ast.AST, new: ast.AST) -> str:
    """What a set of values or of conditions lost; empty for other changes."""
    if not isinstance(old, ast.BoolOp | ast.Tuple | ast.List | ast.Set | ast.Dict):
        return ""
    kept = {id(one) for one in (_members(new) if type(new) is type(old) else [new])}
    lost = [one for one in _members(old) if id(one) not in kept]
    return f"without {_said(lost[0])}" if len(lost) == 1 else ""


def _members(node: ast.AST) -> list[ast.AST]:
    match node:
        case ast.BoolOp(values=members) | ast.Tuple(elts=members) | ast.List(elts=members) | ast.Set(elts=members):
            return list(members)
        case ast.Dict(keys=keys):
            return [key for key in keys if key is not None]
    return []


def _said(node: ast.AST) -> str:
    if node is LEFT_OUT or isinstance(node, ast.Pass):
        return "(left out)"
    if isinstance(node, ast.match_case):
        guard = f" if {ast.unparse(node.guard)}" if node.guard else ""
        return f"case {ast.unparse(node.pattern)}{guard}"
    if isinstance(node, ast.ExceptHandler):
        return f"except {ast.unparse(node.type) if node.type else ''}: {ast.unparse(node.body[0])}"
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH // 2]} ... {text[-_WIDTH // 2 :]}"


def _changes(place: Node, *, top: bool) -> Iterator[ast.AST]:
    """What may stand instead of a node."""
    parent, field, _, node = place
    if _is_condition(parent, field):
        yield from (ast.Constant(value) for value in (True, False) if not _fixed(parent, value))
    rule = RULES.get(type(node))
    if rule is not None:
        yield from rule(node, parent, field)
    if isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict):
        yield from _fewer(node, parent, field, top=top)


def _is_condition(parent: ast.AST, field: str) -> bool:
    return field == "test" or (field == "ifs" and isinstance(parent, ast.comprehension)) or field == "guard"


def _fixed(parent: ast.AST, value: bool) -> bool:
    """Changes that need no case: an endless loop, a comprehension that gives nothing."""
    return (isinstance(parent, ast.While) and value) or (isinstance(parent, ast.comprehension) and not value)


def _implied(parent: ast.AST, field: str) -> bool:
    """Where a flipped value is implied by the changes of what is around it."""
    return _is_condition(parent, field) or isinstance(parent, ast.BoolOp) or _is_not(parent)


def _is_not(node: ast.AST) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)


def _compare(node: ast.Compare, parent: ast.AST, field: str) -> Iterator[ast.AST]:
    for index, operator in enumerate(node.ops):
        kinds = () if _implied(parent, field) and len(node.ops) == 1 else OPPOSITE[type(operator)]
        for kind in (*kinds, *([BOUNDARY[type(operator)]] if type(operator) in BOUNDARY else [])):
            ops = [*node.ops[:index], kind(), *node.ops[index + 1 :]]
            yield ast.Compare(node.left, ops, node.comparators)


def _boolean(node: ast.BoolOp, parent: ast.AST, field: str) -> Iterator[ast.AST]:
    for index in range(len(node.values)):
        rest = node.values[:index] + node.values[index + 1 :]
        yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def _unary(node: ast.UnaryOp, parent: ast.AST, field: str) -> Iterator[ast.AST]:
    if _is_not(node) and not _implied(parent, field):
        yield node.operand


def _constant(node: ast.Constant, parent: ast.AST, field: str) -> Iterator[ast.AST]:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield ast.Constant(node.value + 1)
        if node.value > 0:
            yield ast.Constant(node.value - 1)
    elif isinstance(node.value, float):
        yield from (ast.Constant(round(node.value + step, 3)) for step in (-0.1, 0.1))


def _attribute(node: ast.Attribute, parent: ast.AST, field: str) -> Iterator[ast.AST]:
    other = NEXT.get(ast.unparse(node.value), {}).get(node.attr)
    if other:
        yield ast.Attribute(node.value, other, node.ctx)


def _statement(node: ast.stmt, parent: ast.AST, field: str) -> Iterator[ast.AST]:
    """A statement that is left out; in a generator a yield that is never reached stays."""
    body = getattr(parent, field)
    if isinstance(parent, ast.If) and len(body) == 1:
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield | ast.YieldFrom):
        yield ast.Expr(ast.IfExp(ast.Constant(False), ast.Yield(), ast.Constant(None)))
    elif not isinstance(node, ast.Expr) or isinstance(node.value, ast.Call):
        yield ast.Pass()


def _return(node: ast.Return, parent: ast.AST, field: str) -> Iterator[ast.AST]:
    body = getattr(parent, field)
    if node.value is None:
        yield from _statement(node, parent, field)
    elif isinstance(node.value, ast.Constant) and not isinstance(node.value.value, bool | int):
        return
    elif not (isinstance(parent, ast.If) and len(body) == 1) and not isinstance(
        node.value, ast.Compare | ast.BoolOp | ast.UnaryOp | ast.Constant | ast.IfExp | ast.JoinedStr
    ):
        yield ast.Return(ast.Constant(None))


def _call(node: ast.Call, parent: ast.AST, field: str) -> Iterator[ast.AST]:
    match node.func:
        case ast.Name(id=name) if name in SWAPPED and len(node.args) == 1:
            yield ast.Call(ast.Name(SWAPPED[name], ast.Load()), node.args, node.keywords)
        case ast.Attribute(value=value, attr=name) if name in TRIMMING:
            yield value
        case ast.Attribute(value=ast.Name(id="re"), attr=name) if isinstance(node.args[0], ast.Constant):
            yield from _regex(node, str(node.args[0].value))
        case ast.Attribute(value=value, attr=name) if name in SWAPPED:
            yield ast.Call(ast.Attribute(value, SWAPPED[name], ast.Load()), node.args, node.keywords)
    if len(node.args) > 1 and all(_is_member(one) for one in node.args):
        for index in range(len(node.args)):
            yield ast.Call(node.func, node.args[:index] + node.args[index + 1 :], node.keywords)


def _regex(node: ast.Call, pattern: str) -> Iterator[ast.AST]:
    """The expression without one alternative, without one anchor, without its flags."""
    for shorter in dict.fromkeys(_patterns(pattern)):
        try:
            re.compile(shorter)
        except re.error:
            continue
        yield ast.Call(node.func, [ast.Constant(shorter), *node.args[1:]], node.keywords)
    for index, one in enumerate(node.args):
        if ast.unparse(one).startswith("re."):
            yield ast.Call(node.func, node.args[:index] + node.args[index + 1 :], node.keywords)


def _patterns(pattern: str) -> Iterator[str]:
    for found in re.finditer(r"(?<!\\)(?:\\b|\^|\$)", pattern):
        inside_set = pattern.rfind("[", 0, found.start()) > pattern.rfind("]", 0, found.start())
        if not inside_set:
            yield pattern[: found.start()] + pattern[found.end() :]
    for start, end in _alternatives(pattern):
        yield pattern[:start] + pattern[end:]


def _alternatives(pattern: str) -> Iterator[tuple[int, int]]:
    """Where an alternative stands, with one bar."""
    starts, bars = [0], [[]]
    index = 0
    while index <= len(pattern):
        character = pattern[index] if index < len(pattern) else ")"
        if character == "\\":
            index += 1
        elif character == "[":
            index = pattern.index("]", index + 2)
        elif character == "(":
            head = re.compile(r"\((\?(?:<?[=!]|:|[a-z]+\))?)?").match(pattern, index)
            assert head is not None
            if head[0].endswith(")"):
                index = head.end()
                continue
            starts.append(head.end())
            bars.append([])
            index = head.end() - 1
        elif character == "|":
            bars[-1].append(index)
        elif character == ")" and starts:
            first, mine = starts.pop(), bars.pop()
            edges = [first, *(bar + 1 for bar in mine)]
            ends = [*mine, index]
            for number, (begin, end) in enumerate(zip(edges, ends, strict=True)):
                if mine:
                    yield (begin - 1, end) if number else (begin, end + 1)
        index += 1


def _binary(node: ast.BinOp, parent: ast.AST, field: str) -> Iterator[ast.AST]:
    sides = (node.left, node.right)
    if any(isinstance(one, ast.JoinedStr) or _is_text(one) for side in sides for one in ast.walk(side)):
        return
    if isinstance(node.op, ast.BitOr | ast.BitAnd | ast.Add):
        yield from sides
    elif isinstance(node.op, ast.Sub):
        yield node.left


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _slice(node: ast.Slice, parent: ast.AST, field: str) -> Iterator[ast.AST]:
    if node.lower is not None:
        yield ast.Slice(None, node.upper, node.step)
    if node.upper is not None:
        yield ast.Slice(node.lower, None, node.step)


def _handler(node: ast.ExceptHandler, parent: ast.AST, field: str) -> Iterator[ast.AST]:
    if not isinstance(node.body[0], ast.Raise):
        yield ast.ExceptHandler(node.type, node.name, [ast.Raise()])


def _case(node: ast.match_case, parent: ast.AST, field: str) -> Iterator[ast.AST]:
    if not isinstance(node.pattern, ast.MatchAs) or node.pattern.pattern is not None:
        yield ast.match_case(node.pattern, ast.Constant(False), node.body)


def _fewer(node: ast.AST, parent: ast.AST, field: str, *, top: bool) -> Iterator[ast.AST]:
    """A set of values without one of them."""
    if isinstance(node, ast.Dict):
        if len(node.keys) > 1 and all(key is not None and _is_member(key) for key in node.keys):
            for index in range(len(node.keys)):
                keys, values = (
                    node.keys[:index] + node.keys[index + 1 :],
                    node.values[:index] + node.values[index + 1 :],
                )
                yield ast.Dict(keys, values)
        return
    assert isinstance(node, ast.Tuple | ast.List | ast.Set)
    if isinstance(getattr(node, "ctx", None), ast.Store) or field in ("targets", "target", "slice"):
        return
    chosen = top or isinstance(parent, ast.Compare | ast.keyword | ast.Call | ast.Starred)
    if chosen and all(_is_member(one) or isinstance(one, ast.Starred) for one in node.elts):
        for index in range(len(node.elts)):
            rest = node.elts[:index] + node.elts[index + 1 :]
            if rest or not isinstance(node, ast.Set):
                yield ast.Set(rest) if isinstance(node, ast.Set) else type(node)(rest, ast.Load())


def _is_member(node: ast.AST) -> bool:
    """A text, or a member of an enum."""
    return _is_text(node) or (
        isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id[0].isupper()
    )


Rule = Callable[..., Iterator[ast.AST]]
RULES: dict[type[ast.AST], Rule] = {
    ast.Compare: _compare,
    ast.BoolOp: _boolean,
    ast.UnaryOp: _unary,
    ast.Constant: _constant,
    ast.Attribute: _attribute,
    ast.Expr: _statement,
    ast.AugAssign: _statement,
    ast.Continue: _statement,
    ast.Break: _statement,
    ast.Return: _return,
    ast.Call: _call,
    ast.BinOp: _binary,
    ast.Slice: _slice,
    ast.ExceptHandler: _handler,
    ast.match_case: _case,
}
