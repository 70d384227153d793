"""What is asked about a service, in words that stand nowhere."""

import pytest
import yaml

from bot.services.finding.service_finder import NONE, ServiceFinder
from tests.catalogue_files import DATA, MODELS, committed_catalogue, committed_matter_words

FITS = 0.5


@pytest.fixture(scope="module")
def finder() -> ServiceFinder:
    return ServiceFinder(committed_catalogue(), committed_matter_words(), MODELS)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("要是打热线是哪个号来", "热线是哪个号，晚上有人接吗？"),
        ("半夜打有人接不", "热线是哪个号，晚上有人接吗？"),
        ("差评有人管不", "给了差评有人管吗？"),
        ("容缺受理是啥", "deferral_what"),
    ],
)
def test_it_is_found_in_other_words(finder: ServiceFinder, text: str, name: str) -> None:
    asked = finder.asked(text)
    assert asked is not None
    assert (asked.name, asked.score >= FITS) == (name, True)
    assert (asked.faq is not None) == name.endswith("？")


@pytest.mark.parametrize("text", ["食品证几天", "办证收费吗", "我想开店", "你们几点下班"])
def test_what_asks_for_something_else_fits_none(finder: ServiceFinder, text: str) -> None:
    asked = finder.asked(text)
    assert asked is None or asked.score < FITS


def test_every_wording_belongs_to_an_aside_or_a_question() -> None:
    asides = yaml.safe_load((DATA / "common" / "asides.yml").read_text(encoding="utf-8"))["asides"]
    known = {aside["name"] for aside in asides}
    catalogue = committed_catalogue()
    trades = [faq for trade in catalogue.one_things.values() for faq in trade.faqs]
    asked = {faq.question for faq in (*catalogue.service_questions, *trades)}
    worded = committed_matter_words().service_questions
    assert set(worded) <= known | asked | {NONE}
    assert asked <= set(worded)
