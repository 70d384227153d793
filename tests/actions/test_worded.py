"""The questions that readers name by a word stand in the catalogue."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

import actions
from actions.questions.worded import Worded, WordedService
from tests.catalogue_files import committed_catalogue

Named = Worded | WordedService


def named_in(value: Any) -> Iterator[Named]:
    if isinstance(value, Named):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from named_in(one)
    elif isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from named_in(one)


def named() -> set[Named]:
    modules = (
        importlib.import_module(m.name)
        for m in pkgutil.walk_packages(actions.__path__, "actions.")
        if not m.name.endswith("__main__")
    )
    return {one for module in modules for value in vars(module).values() for one in named_in(value)}


@pytest.mark.parametrize("known", sorted(named(), key=repr), ids=repr)
def test_a_question_named_by_a_word_is_there(known: Named) -> None:
    catalogue = committed_catalogue()
    faqs = (
        catalogue.matter(known.matter_id).faqs
        if isinstance(known, Worded)
        else catalogue.service_questions
    )
    assert [faq for faq in faqs if known.word in faq.question]
