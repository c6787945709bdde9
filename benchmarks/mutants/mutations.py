"""One small change to a program at a time, each of which a good test would notice."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutant:
    """A program with one change.

    Attributes
    ----------
    name
        The function and the change, which stays the same when other lines move.
    function
        The class and function that it is in, such as ``Class.method``; empty at the top.
    line
        Where the change is.
    source
        The whole changed program.
    """

    name: str
    function: str
    line: int
    source: str


@dataclass(frozen=True)
class _Change:
    """Something in a tree put in the place of something else."""

    node: ast.AST
    field: str
    place: int | None
    new: ast.AST | None
    line: int
    before: str
    after: str


def mutants(source: str) -> list[Mutant]:
    """Return all mutants of a program, in the order of its lines.

    Texts, docstrings, imports and decorators stay as they are.
    """
    tree = ast.parse(source)
    _without_docstrings(tree)
    made: list[Mutant] = []
    times: Counter[str] = Counter()
    for function, change in _changes(tree, ""):
        old = getattr(change.node, change.field)
        if change.place is None:
            setattr(change.node, change.field, change.new)
        else:
            new = list(old)
            new[change.place : change.place + 1] = [] if change.new is None else [change.new]
            setattr(change.node, change.field, new)
        changed = ast.unparse(ast.fix_missing_locations(tree))
        setattr(change.node, change.field, old)
        name = f"{function or 'module'}: {change.before} -> {change.after}"
        times[name] += 1
        if times[name] > 1:
            name += f" ({times[name]})"
        made.append(Mutant(name, function, change.line, changed))
    return made


def _without_docstrings(tree: ast.AST) -> None:
    # What is not run cannot be wrong. A class or function must keep some statement.
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            body[:] = [one for one in body if not _is_text(one)] or [ast.Pass()]


def _is_text(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _changes(node: ast.AST, within: str) -> Iterator[tuple[str, _Change]]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        within = f"{within}.{node.name}" if within else node.name
    for field, value in ast.iter_fields(node):
        if field in ("decorator_list", "returns") or isinstance(node, ast.Import | ast.ImportFrom):
            continue
        if field == "annotation" and value is not None:
            # Of types only the fields of pydantic are more than words.
            for call in ast.walk(value):
                if isinstance(call, ast.Call):
                    yield from _changes(call, within)
            continue
        children = value if isinstance(value, list) else [value]
        for place, child in enumerate(children):
            if not isinstance(child, ast.AST):
                continue
            line = getattr(child, "lineno", 0)
            for new in _instead(child, node, field):
                where = place if isinstance(value, list) else None
                after = "nothing" if new is None else _short(new)
                yield within, _Change(node, field, where, new, line, _short(child), after)
            yield from _changes(child, within)


def _short(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())[:100]


def _instead(node: ast.AST, parent: ast.AST, field: str) -> Iterator[ast.AST | None]:
    """Yield what could stand in the place of a node; None where it could be left out."""
    if isinstance(node, ast.stmt):
        yield from _statements(node)
    elif isinstance(node, ast.expr):
        yield from _expressions(node)
        if field == "test" and not isinstance(node, ast.Compare | ast.BoolOp | ast.UnaryOp):
            yield ast.UnaryOp(ast.Not(), node)
        if field == "ifs" and isinstance(parent, ast.comprehension):
            yield None


def _statements(node: ast.stmt) -> Iterator[ast.stmt]:
    match node:
        case ast.Return(ast.AST() as value) if not _is_none(value):
            yield ast.Return(ast.Constant(None))
        case ast.Continue():
            yield ast.Break()
        case ast.Break():
            yield ast.Continue()
        case ast.AugAssign(target, op, value):
            yield ast.Pass()
            if type(op) in _COMPUTED and not _is_sequence(value):
                yield ast.AugAssign(target, _COMPUTED[type(op)](), value)
        case ast.Expr() | ast.Raise():
            yield ast.Pass()


def _expressions(node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.Compare(left, [compared], right):
            for other in _COMPARED[type(compared)]:
                yield ast.Compare(left, [other()], right)
        case ast.BoolOp(joined, values):
            yield ast.BoolOp(ast.Or() if isinstance(joined, ast.And) else ast.And(), values)
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.BinOp(left, op, right) if type(op) in _COMPUTED and not (
            _is_sequence(left) or _is_sequence(right) or _is_type(right)
        ):
            yield ast.BinOp(left, _COMPUTED[type(op)](), right)
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value) | float(value)):
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)
        case ast.Call(ast.Name(function), arguments, keywords) if function in _CALLED:
            yield ast.Call(ast.Name(_CALLED[function]), arguments, keywords)


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_sequence(node: ast.AST) -> bool:
    # Of texts and lists only the sum means anything, so that any test would notice.
    if isinstance(node, ast.BinOp):
        return _is_sequence(node.left) or _is_sequence(node.right)
    texts = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return texts or isinstance(node, ast.JoinedStr | ast.Tuple | ast.List | ast.ListComp)


def _is_type(node: ast.AST) -> bool:
    # Types that are joined, as in ``int | None``, are no sum.
    if isinstance(node, ast.Subscript):
        return _is_type(node.value)
    return _is_none(node) or (
        isinstance(node, ast.Name) and node.id[0].isupper() and not node.id.isupper()
    )
