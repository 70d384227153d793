"""The words of the field: known ids, plain sentences, names that a text can be asked about."""

import re

from bot.services.finding.term_finder import TermFinder
from tests.catalogue_files import committed_catalogue

TERMS = committed_catalogue().terms
LONGEST = 140
"""Signs of a meaning: one or two plain sentences."""


def test_there_are_terms_enough() -> None:
    assert len(TERMS) >= 60


def test_every_matter_policy_and_other_term_exists() -> None:
    catalogue = committed_catalogue()
    for term in TERMS.values():
        assert set(term.matter_ids) <= set(catalogue.matters), term.id
        assert set(term.policy_ids) <= set(catalogue.policies), term.id
        assert {one.term_id for one in term.apart} <= set(TERMS) - {term.id}, term.id


def test_every_name_is_found_by_itself() -> None:
    finder = TermFinder(TERMS.values())
    for term in TERMS.values():
        for name in term.names:
            asked = finder.asked(f"{name}是啥意思")
            assert asked is not None, name
            assert [one.id for one in asked.terms] == [term.id], name


def test_meanings_are_short_whole_sentences() -> None:
    texts = [t.text for t in TERMS.values()]
    texts += [one.text for t in TERMS.values() for one in t.apart]
    assert [text for text in texts if not text.endswith("。") or len(text) > LONGEST] == []
    assert [text for text in texts if re.search(r"[A-Za-z]{4,}|[;,!?]", text)] == []


def test_the_source_of_what_is_no_common_practice_is_named() -> None:
    sure = [t for t in TERMS.values() if t.provenance.verified]
    assert [t.id for t in sure if "研究整理" in t.provenance.source] == []
