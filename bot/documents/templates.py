"""Templates that officials edit: rendered in a sandbox, and checked before anybody needs them.

A template may only use fields that exist. `check_source` compares every name in it with the types
of the values that it will be given, so a slip of the pen is found at the start and not when the
first applicant gets half a document.
"""

import dataclasses
import enum
import types
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from bot.domain.errors import BotError

KNOWN_GLOBALS = frozenset({"range", "loop", "true", "false", "none", "True", "False", "None"})

Kind = Any
"""A type as an annotation gives it; None when nothing is known, and then nothing is checked."""


@dataclass(frozen=True)
class TemplateProblem:
    """What is wrong at one place of a template.

    Attributes:
        line: From 1; 0 when the file has no lines, as a Word file.
    """

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        """Return one line for the person who edits the template."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.text}"


class BadTemplate(BotError):
    """A template cannot be used.

    Attributes:
        problems: Each with file, line and field.
    """

    def __init__(self, problems: Sequence[TemplateProblem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)

    def __reduce__(self) -> tuple[type["BadTemplate"], tuple[tuple[TemplateProblem, ...]]]:
        """Keep the problems on the way from one process to another."""
        return type(self), (self.problems,)


def environment() -> SandboxedEnvironment:
    """Return an environment that escapes values and lets a template call nothing of ours."""
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def render(path: Path, values: Mapping[str, Any]) -> str:
    """Fill in an HTML template.

    Raises:
        BadTemplate: It cannot be read, or uses something that is not there.
    """
    try:
        return environment().from_string(path.read_text(encoding="utf-8")).render(values)
    except TemplateSyntaxError as error:
        raise BadTemplate([TemplateProblem(path.name, error.lineno, f"{error}")]) from error
    except (TemplateError, UnicodeDecodeError) as error:
        raise BadTemplate([TemplateProblem(path.name, 0, f"{error}")]) from error


def check_file(path: Path, values: Mapping[str, Kind]) -> Iterator[TemplateProblem]:
    """Yield what is wrong with an HTML template; `values` are the types of its values by name."""
    try:
        source = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        yield TemplateProblem(path.name, 0, "找不到模板文件")
        return
    except UnicodeDecodeError:
        yield TemplateProblem(path.name, 0, "不是 UTF-8 编码的文本文件")
        return
    yield from check_source(source, values, file=path.name, env=environment())


def check_source(
    source: str, values: Mapping[str, Kind], *, file: str, env: Environment, has_lines: bool = True
) -> Iterator[TemplateProblem]:
    """Yield the syntax errors and unknown fields of a template."""
    try:
        tree = env.parse(source)
    except TemplateSyntaxError as error:
        line = error.lineno if has_lines else 0
        yield TemplateProblem(file, line, f"模板语法有误：{error.message}")
        return
    for line, text in _Checker(dict(values)).walk(tree.body):
        yield TemplateProblem(file, line if has_lines else 0, text)


class _Checker:
    """Follows the names of a template through loops and assignments."""

    def __init__(self, names: dict[str, Kind]) -> None:
        self._names = names

    def walk(self, body: Iterable[nodes.Node]) -> Iterator[tuple[int, str]]:
        """Yield line and text of each problem."""
        for node in body:
            yield from self._visit(node)

    def _visit(self, node: nodes.Node) -> Iterator[tuple[int, str]]:
        if isinstance(node, nodes.For):
            yield from self._visit(node.iter)
            inner = _Checker({**self._names, **self._targets(node)})
            if node.test is not None:
                yield from inner.walk([node.test])
            yield from inner.walk(node.body)
            yield from self.walk(node.else_)
        elif isinstance(node, nodes.Assign):
            yield from self._visit(node.node)
            if isinstance(node.target, nodes.Name):
                self._names[node.target.name] = self._kind(node.node)
        elif isinstance(node, nodes.Name) and node.ctx == "load":
            if node.name not in self._names and node.name not in KNOWN_GLOBALS:
                yield node.lineno, f"没有“{node.name}”这个字段"
        elif isinstance(node, nodes.Getattr):
            yield from self._visit(node.node)
            known = _fields(self._kind(node.node))
            if known is not None and node.attr not in known:
                yield node.lineno, f"“{_written(node.node)}”没有“{node.attr}”这个字段"
        else:
            yield from self.walk(node.iter_child_nodes())

    def _targets(self, loop: nodes.For) -> dict[str, Kind]:
        if isinstance(loop.target, nodes.Name):
            return {loop.target.name: _element(self._kind(loop.iter))}
        return {name.name: None for name in loop.target.find_all(nodes.Name)}

    def _kind(self, node: nodes.Node) -> Kind:
        if isinstance(node, nodes.Name):
            return self._names.get(node.name)
        if isinstance(node, nodes.Getattr):
            return (_fields(self._kind(node.node)) or {}).get(node.attr)
        return None


def _fields(kind: Kind) -> Mapping[str, Kind] | None:
    """Return the fields of a value by name; None when they cannot be told."""
    kind = _without_none(kind)
    if isinstance(kind, Mapping):
        return kind
    if dataclasses.is_dataclass(kind):
        assert isinstance(kind, type)
        found: dict[str, Kind] = dict(typing.get_type_hints(kind))
        for name, member in vars(kind).items():
            if isinstance(member, property) and member.fget is not None:
                found[name] = typing.get_type_hints(member.fget).get("return")
        return found
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return {"value": str, "name": str}
    return None


def _element(kind: Kind) -> Kind:
    kind = _without_none(kind)
    arguments = typing.get_args(kind)
    origin: object = typing.get_origin(kind)
    is_sequence = origin is tuple or origin is list or origin is Sequence
    return arguments[0] if is_sequence and arguments else None


def _without_none(kind: Kind) -> Kind:
    if typing.get_origin(kind) in {typing.Union, types.UnionType}:
        left = [part for part in typing.get_args(kind) if part is not type(None)]
        return left[0] if len(left) == 1 else None
    return kind


def _written(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "…"
