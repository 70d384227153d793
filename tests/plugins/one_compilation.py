"""A page template is compiled once in a worker, not once for each application that shows it.

A process that runs on has one application; the tests open hundreds, each with templates of its own,
and to compile those of one page of the desk takes 50 ms. A template with another text, or in an
environment with other rules, is compiled anew.
"""

from collections.abc import Hashable
from types import CodeType
from typing import Any

from jinja2 import Environment

_compile: Any = Environment.compile
_compiled: dict[Hashable, CodeType] = {}


def _once(
    environment: Environment,
    source: Any,
    name: str | None = None,
    filename: str | None = None,
    raw: bool = False,
    defer_init: bool = False,
) -> Any:
    if raw or not isinstance(source, str):
        return _compile(environment, source, name, filename, raw, defer_init)
    key = (source, name, filename, defer_init, *_rules(environment, name))
    if key not in _compiled:
        _compiled[key] = _compile(environment, source, name, filename, raw, defer_init)
    return _compiled[key]


def _rules(environment: Environment, name: str | None) -> tuple[Hashable, ...]:
    """Return all that the code of a template depends on besides its text.

    Functions stand for themselves: a filter is also called while a constant is folded.
    """
    escape = environment.autoescape
    return (
        type(environment),
        escape(name) if callable(escape) else escape,
        environment.undefined,
        environment.optimized,
        environment.finalize,
        environment.is_async,
        *_syntax(environment),
        frozenset(environment.filters.items()),
        frozenset(environment.tests.items()),
        frozenset(environment.extensions),
    )


def _syntax(environment: Environment) -> tuple[Hashable, ...]:
    return (
        *(environment.block_start_string, environment.block_end_string),
        *(environment.variable_start_string, environment.variable_end_string),
        *(environment.comment_start_string, environment.comment_end_string),
        *(environment.line_statement_prefix, environment.line_comment_prefix),
        *(environment.trim_blocks, environment.lstrip_blocks),
        *(environment.newline_sequence, environment.keep_trailing_newline),
    )


def pytest_configure() -> None:
    """Share what is compiled from now on."""
    Environment.compile = _once  # type: ignore[method-assign]
