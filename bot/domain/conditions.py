"""The `when` expressions of the catalogue: a small, safe part of Python's expression syntax.

Allowed are question ids, literals, lists of literals, comparisons, `in`, `and`, `or`, `not`.
Nothing is ever executed: the syntax tree is checked when the catalogue is loaded and walked here.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.domain.errors import BadCondition

Answer = bool | float | str
"""What a person may have answered: yes or no, a number, one of the options."""


@dataclass(frozen=True)
class Condition:
    """A checked expression; equal when the text is equal.

    Attributes:
        text: The expression as written in the catalogue.
        tree: Its syntax tree, made by `parse` only.
    """

    text: str
    tree: ast.expr = field(compare=False, repr=False)


def parse(text: str) -> Condition:
    """Read an expression.

    Raises:
        BadCondition: The text is no expression, or uses more than the allowed syntax.
    """
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError) as error:
        raise BadCondition(f"{text!r} is not an expression") from error
    _check(tree, text)
    return Condition(text, tree)


def names(condition: Condition) -> frozenset[str]:
    """Return the ids of the questions whose answers the expression needs."""
    return frozenset(node.id for node in ast.walk(condition.tree) if isinstance(node, ast.Name))


def compared_literals(condition: Condition) -> Iterator[tuple[str, Answer]]:
    """Yield each (question id, literal) that the expression compares with each other."""
    for node in ast.walk(condition.tree):
        if not isinstance(node, ast.Compare):
            continue
        sides = [node.left, *node.comparators]
        used = [side.id for side in sides if isinstance(side, ast.Name)]
        literals = [value for side in sides for value in _literals(side)]
        yield from ((name, literal) for name in used for literal in literals)


def evaluate(condition: Condition, answers: Mapping[str, Answer]) -> bool | None:
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
        return _truth(condition.tree, answers)
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
        if any(isinstance(operator, (ast.Is, ast.IsNot)) for operator in node.ops):
            raise BadCondition(f"{text!r} uses 'is'; write ==")
        _check_lists(node, text)
    elif not isinstance(node, ast.Name) and not _is_truth_literal(node):
        raise BadCondition(f"{text!r} uses {type(node).__name__}, which is not allowed")


def _check_lists(node: ast.Compare, text: str) -> None:
    for operator, right in zip(node.ops, node.comparators, strict=True):
        if isinstance(operator, (ast.In, ast.NotIn)) != isinstance(right, ast.List):
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


def _truth(node: ast.expr, answers: Mapping[str, Answer]) -> bool | None:
    if isinstance(node, ast.BoolOp):
        decisive = isinstance(node.op, ast.Or)
        parts = [_truth(part, answers) for part in node.values]
        if decisive in parts:
            return decisive
        return None if None in parts else not decisive
    if isinstance(node, ast.UnaryOp):
        inner = _truth(node.operand, answers)
        return None if inner is None else not inner
    if isinstance(node, ast.Compare):
        return _compare(node, answers)
    value = _value(node, answers)
    return None if value is None else bool(value)


def _compare(node: ast.Compare, answers: Mapping[str, Answer]) -> bool | None:
    undecided = False
    left = _value(node.left, answers)
    for operator, operand in zip(node.ops, node.comparators, strict=True):
        right = _value(operand, answers)
        if left is None or right is None:
            undecided = True
        elif not _holds(left, operator, right):
            return False
        left = right
    return None if undecided else True


def _value(node: ast.expr, answers: Mapping[str, Answer]) -> object:
    if isinstance(node, ast.Name):
        return answers.get(node.id)
    if isinstance(node, ast.List):
        return tuple(_literals(node))
    return next(_literals(node))


def _holds(left: object, operator: ast.cmpop, right: object) -> bool:
    if isinstance(operator, (ast.Eq, ast.NotEq)):
        return (left == right) == isinstance(operator, ast.Eq)
    if isinstance(operator, (ast.In, ast.NotIn)):
        assert isinstance(right, tuple)  # noqa: S101 - `parse` admits nothing else
        return (left in right) == isinstance(operator, ast.In)
    return _in_order(left, operator, right)


def _in_order(left: object, operator: ast.cmpop, right: object) -> bool:
    if not isinstance(left, (int, float)) or not isinstance(right, (int, float)):
        raise TypeError(f"{left!r} and {right!r} have no order")
    if isinstance(operator, ast.Lt):
        return left < right
    if isinstance(operator, ast.LtE):
        return left <= right
    if isinstance(operator, ast.Gt):
        return left > right
    return left >= right
