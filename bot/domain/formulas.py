"""Formulas of estimated benefits: numbers, names of facts, `+ - * /`, `min` and `max`, no more.

Nothing is ever executed: the syntax tree is checked when the catalogue is loaded and walked here.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.domain.errors import BotError

_OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_FUNCTIONS: Mapping[str, Callable[..., float]] = {"min": min, "max": max}


class BadFormula(BotError):
    """A text is no formula, or uses more than the allowed syntax."""


@dataclass(frozen=True)
class Formula:
    """A checked formula; equal when the text is equal.

    Attributes:
        text: As written in the catalogue.
        tree: Its syntax tree, made by `parse_formula` only.
        names: The facts it needs, in reading order.
    """

    text: str
    tree: ast.expr = field(compare=False, repr=False)
    names: tuple[str, ...] = field(compare=False)


def parse_formula(text: str) -> Formula:
    """Read a formula.

    Raises:
        BadFormula: The text is none, or uses more than the allowed syntax.
    """
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError) as error:
        raise BadFormula(f"{text!r} is not a formula") from error
    names: dict[str, None] = {}
    _check(tree, text, names)
    return Formula(text, tree, tuple(names))


def compute(formula: Formula, facts: Mapping[str, object]) -> float | None:
    """Return the value; None when a fact is missing or no number, or it would divide by zero."""
    numbers: dict[str, float] = {}
    for name in formula.names:
        value = facts.get(name)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        numbers[name] = float(value)
    try:
        return _value(formula.tree, numbers)
    except ZeroDivisionError:
        return None


def _check(node: ast.expr, text: str, names: dict[str, None]) -> None:
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        _check(node.left, text, names)
        _check(node.right, text, names)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) > 1:
        if node.func.id not in _FUNCTIONS or node.keywords:
            raise BadFormula(f"{text!r} calls something other than min and max")
        for part in node.args:
            _check(part, text, names)
    elif isinstance(node, ast.Name):
        names[node.id] = None
    elif not isinstance(node, ast.Constant) or type(node.value) not in (int, float):
        raise BadFormula(f"{text!r} uses {type(node).__name__}, which is not allowed")


def _value(node: ast.expr, numbers: Mapping[str, float]) -> float:
    if isinstance(node, ast.BinOp):
        apply = _OPERATORS[type(node.op)]
        return apply(_value(node.left, numbers), _value(node.right, numbers))
    if isinstance(node, ast.Call):
        assert isinstance(node.func, ast.Name)
        return _FUNCTIONS[node.func.id](*(_value(part, numbers) for part in node.args))
    if isinstance(node, ast.Name):
        return numbers[node.id]
    assert isinstance(node, ast.Constant) and isinstance(node.value, (int, float))  # noqa: PT018
    return float(node.value)
