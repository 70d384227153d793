"""The walk over plain ways of asking: what it says, and what it takes an answer for."""

import random
from collections import Counter

from ruamel.yaml import YAML

from bench.plain_words import WAYS, kind_of, names_of, sentences, table
from bot.operations.dialogue_checks import Outcome, Response
from bot.settings import ROOT
from bot.store.catalogue.loader import load_catalogue

CHANCE = random.Random(1)  # noqa: S311 - it chooses names


def test_every_way_is_said_with_so_many_names_of_its_kind() -> None:
    ways = {"trades": ["开{x}行不", "{place}能开{x}不"]}

    said = list(sentences(ways, {"trades": ["面馆", "药店", "书店"]}, 2, CHANCE))

    assert [way for _, way, _ in said] == ["开{x}行不"] * 2 + ["{place}能开{x}不"] * 2
    assert all("{" not in sentence for _, _, sentence in said)


def test_the_file_has_ways_for_every_kind_of_name() -> None:
    ways = YAML(typ="safe").load(WAYS)
    names = names_of(load_catalogue(ROOT / "data" / "catalogue"), ways.pop("names"))

    assert names.keys() == ways.keys()
    assert all(len(found) >= 10 for found in names.values())
    assert all("{x}" in way for said in ways.values() for way in said)


def test_what_was_not_answered_is_told_by_the_worst_response() -> None:
    def outcome(*names: str, form: str | None = None) -> Outcome:
        return Outcome(responses=[Response(name, "") for name in names], form=form)

    assert kind_of(outcome("utter_matters_answer")) == "answered"
    assert kind_of(outcome("utter_matters_answer", "utter_matters_guessed")) == "guessed"
    assert kind_of(outcome("utter_matters_ask_name", form="matter_form")) == "asked back"
    assert (
        kind_of(outcome("utter_start_business_start", form="start_business_form")) == "form begun"
    )
    assert kind_of(outcome("utter_common_out_of_scope")) == "refused"


def test_the_table_has_a_line_for_each_kind_of_name() -> None:
    lines = list(table({"trades": Counter({"answered": 3, "refused": 1})}))

    assert lines[-1] == "| trades | 3 | 0 | 0 | 0 | 0 | 1 |"
