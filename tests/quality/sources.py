"""Reads our own source files, for tests about them."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from bot.settings import ROOT

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file; `path` is relative to the project."""

    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The file, parsed; who only counts lines never pays for it."""
        return ast.parse(self.text)

    @property
    def lines(self) -> int:
        """Length of the file."""
        return self.text.count("\n")


def modules(*folders: str) -> list[Module]:
    """Return every Python file under `folders`, migrations left out: they are written once."""
    found = []
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            relative = path.relative_to(ROOT)
            if "versions" not in relative.parts:
                text = path.read_text(encoding="utf-8")
                found.append(Module(relative, text))
    return found


def functions(module: Module) -> Sequence[tuple[str, int]]:
    """Return "file:line name" and the length in lines, docstring not counted."""
    return _lengths(module.path, module.text)


@cache
def _lengths(path: Path, text: str) -> Sequence[tuple[str, int]]:
    """Keep the lengths and not the tree, which is large."""
    return [
        (
            f"{path}:{node.lineno} {node.name}",
            (node.end_lineno or node.lineno) - node.lineno + 1 - _docstring_lines(node),
        )
        for node in ast.walk(ast.parse(text))
        if isinstance(node, Function)
    ]


def literals(tree: ast.Module) -> Iterator[ast.Constant]:
    """Yield every string that is neither a docstring nor a regular expression."""
    ignored = {id(node.body[0].value) for node in ast.walk(tree) if _has_docstring(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            ignored |= {id(part) for part in ast.walk(node)}
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in ignored:
            yield node


def titled(tree: ast.Module) -> Iterator[ast.Constant]:
    """Yield strings given as a `title`, by keyword or in a dict."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "title":
            yield from _strings(node.value)
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "title":
                    yield from _strings(value)


def _strings(node: ast.AST) -> Iterator[ast.Constant]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part


def _docstring_lines(node: Function) -> int:
    if not _has_docstring(node):
        return 0
    first = node.body[0]
    return (first.end_lineno or first.lineno) - first.lineno + 1


def _has_docstring(node: ast.AST) -> bool:
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    if not isinstance(node, holders) or not node.body:
        return False
    first = node.body[0]
    return isinstance(first, ast.Expr) and isinstance(getattr(first.value, "value", None), str)
