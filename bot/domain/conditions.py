"""The `when` expressions of the catalogue: a small, safe part of Python's expression syntax.

Allowed are question ids, literals, lists of literals, comparisons, `in`, `and`, `or`, `not`.
Nothing of a text is ever executed: its syntax tree is checked when the catalogue is loaded, and
made into functions of ours. The questions of a form ask some hundred conditions in each message,
so a tree is walked once and not each time (27 November 2026: a fifth of the time of such a form).
"""

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from bot.domain.errors import BadCondition

Answer = bool | float | str
"""What a person may have answered: yes or no, a number, one of the options."""

Answers = Mapping[str, Answer]
Decide = Callable[[Answers], bool | None]
Holds = Callable[[object, object], bool]

KNOWN = 4096
"""Texts that are remembered; the catalogue has about 300."""


@dataclass(frozen=True)
class Condition:
    """A checked expression; equal when the text is equal.

    Attributes:
        text: The expression as written in the catalogue.
        tree: Its syntax tree, made by `parse` only.
        decide: What `evaluate` asks.
        names: Ids of the questions whose answers it needs.
    """

    text: str
    tree: ast.expr = field(compare=False, repr=False)
    decide: Decide = field(compare=False, repr=False)
    names: frozenset[str] = field(compare=False, repr=False)


@lru_cache(KNOWN)
def parse(text: str) -> Condition:
    """Read an expression; the same one is read once.

    Raises:
        BadCondition: The text is no expression, or uses more than the allowed syntax.
    """
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError) as error:
        raise BadCondition(f"{text!r} is not an expression") from error
    _check(tree, text)
    used = frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
    return Condition(text, tree, _decider(tree), used)


def names(condition: Condition) -> frozenset[str]:
    """Return the ids of the questions whose answers the expression needs."""
    return condition.names


def compared_literals(condition: Condition) -> Iterator[tuple[str, Answer]]:
    """Yield each (question id, literal) that the expression compares with each other."""
    for node in ast.walk(condition.tree):
        if not isinstance(node, ast.Compare):
            continue
        sides = [node.left, *node.comparators]
        used = [side.id for side in sides if isinstance(side, ast.Name)]
        literals = [value for side in sides for value in _literals(side)]
        yield from ((name, literal) for name in used for literal in literals)


def evaluate(condition: Condition, answers: Answers) -> bool | None:
    """Decide an expression with the answers given so far.

    Args:
        condition: A checked expression.
        answers: By question id; questions not answered yet are simply missing.

    Returns:
        True or False as soon as the missing answers cannot change the result, else None.

    Raises:
        BadCondition: An answer has a type that cannot be compared with the literal beside it.
    """
    try:
        return condition.decide(answers)
    except TypeError as error:
        raise BadCondition(f"{condition.text!r} cannot be decided: {error}") from error


def _check(node: ast.expr, text: str) -> None:
    if isinstance(node, ast.BoolOp):
        for part in node.values:
            _check(part, text)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        _check(node.operand, text)
    elif isinstance(node, ast.Compare):
        for part in (node.left, *node.comparators):
            _check_operand(part, text)
        if any(isinstance(sign, (ast.Is, ast.IsNot)) for sign in node.ops):
            raise BadCondition(f"{text!r} uses 'is'; write ==")
        _check_lists(node, text)
    elif not isinstance(node, ast.Name) and not _is_truth_literal(node):
        raise BadCondition(f"{text!r} uses {type(node).__name__}, which is not allowed")


def _check_lists(node: ast.Compare, text: str) -> None:
    for sign, right in zip(node.ops, node.comparators, strict=True):
        if isinstance(sign, (ast.In, ast.NotIn)) != isinstance(right, ast.List):
            raise BadCondition(f"{text!r}: a list stands to the right of 'in' and nowhere else")
    if isinstance(node.left, ast.List):
        raise BadCondition(f"{text!r}: a list stands to the right of 'in' and nowhere else")


def _check_operand(node: ast.expr, text: str) -> None:
    if isinstance(node, ast.List):
        for element in node.elts:
            if not isinstance(element, ast.Constant):
                raise BadCondition(f"{text!r} has a list with something other than literals")
            _check_operand(element, text)
    elif isinstance(node, ast.Constant):
        if not isinstance(node.value, (bool, int, float, str)):
            raise BadCondition(f"{text!r} uses the literal {node.value!r}, which is not allowed")
    elif not isinstance(node, ast.Name):
        raise BadCondition(f"{text!r} compares {type(node).__name__}, which is not allowed")


def _is_truth_literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, bool)


def _literals(node: ast.expr) -> Iterator[Answer]:
    if isinstance(node, ast.List):
        for element in node.elts:
            yield from _literals(element)
    elif isinstance(node, ast.Constant) and isinstance(node.value, (bool, int, float, str)):
        yield node.value


def _decider(node: ast.expr) -> Decide:
    """Return what decides a checked tree; all parts are asked, so that no wrong type hides."""
    if isinstance(node, ast.BoolOp):
        return _decider_of_several(node)
    if isinstance(node, ast.UnaryOp):
        return _denied(_decider(node.operand))
    if isinstance(node, ast.Compare):
        return _comparer(node)
    if isinstance(node, ast.Name):
        return _answered(node.id)
    given = bool(next(_literals(node)))
    return lambda _: given


def _decider_of_several(node: ast.BoolOp) -> Decide:
    decisive = isinstance(node.op, ast.Or)
    parts = [_decider(part) for part in node.values]

    def decide(answers: Answers) -> bool | None:
        found = [part(answers) for part in parts]
        if decisive in found:
            return decisive
        return None if None in found else not decisive

    return decide


def _denied(inner: Decide) -> Decide:
    def decide(answers: Answers) -> bool | None:
        found = inner(answers)
        return None if found is None else not found

    return decide


def _answered(name: str) -> Decide:
    def decide(answers: Answers) -> bool | None:
        found = answers.get(name)
        return None if found is None else bool(found)

    return decide


def _comparer(node: ast.Compare) -> Decide:
    first = _value(node.left)
    rest = [
        (_HOLDS[type(sign)], _value(operand))
        for sign, operand in zip(node.ops, node.comparators, strict=True)
    ]

    def decide(answers: Answers) -> bool | None:
        undecided = False
        left = first(answers)
        for holds, value in rest:
            right = value(answers)
            if left is None or right is None:
                undecided = True
            elif not holds(left, right):
                return False
            left = right
        return None if undecided else True

    return decide


def _value(node: ast.expr) -> Callable[[Answers], object]:
    if isinstance(node, ast.Name):
        name = node.id
        return lambda answers: answers.get(name)
    given = tuple(_literals(node)) if isinstance(node, ast.List) else next(_literals(node))
    return lambda _: given


def _among(left: object, right: object) -> bool:
    assert isinstance(right, tuple)
    return left in right


def _not_among(left: object, right: object) -> bool:
    return not _among(left, right)


def _in_order(compare: Callable[[float, float], bool]) -> Holds:
    def holds(left: object, right: object) -> bool:
        if not isinstance(left, (int, float)) or not isinstance(right, (int, float)):
            raise TypeError(f"{left!r} and {right!r} have no order")
        return compare(left, right)

    return holds


_HOLDS: Mapping[type[ast.cmpop], Holds] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.In: _among,
    ast.NotIn: _not_among,
    ast.Lt: _in_order(operator.lt),
    ast.LtE: _in_order(operator.le),
    ast.Gt: _in_order(operator.gt),
    ast.GtE: _in_order(operator.ge),
}
