from pathlib import Path

import pytest

from bot.domain.one_things import OneThing
from bot.services.plan_names import forms_named, trades_named
from bot.store.catalogue.loader import load_catalogue

CATALOGUE = load_catalogue(Path("data/catalogue"))


@pytest.mark.parametrize("bundle", CATALOGUE.one_things.values(), ids=lambda bundle: bundle.id)
def test_every_alias_of_a_bundle_leads_to_it(bundle: OneThing) -> None:
    for alias in bundle.aliases:
        assert bundle.id in {t.one_thing_id for t in trades_named(f"我想{alias}", CATALOGUE)}


@pytest.mark.parametrize(
    ("text", "one_thing_id"),
    [
        ("准备在临清开个火锅店咋弄", "ot-restaurant"),
        ("火锅", "ot-restaurant"),
        ("我想开一家药店", "ot-pharmacy"),
        ("宾馆", "ot-hotel"),
        ("办个幼儿园", "ot-kindergarten"),
        ("网吧", "ot-netcafe"),
    ],
)
def test_the_best_match_is_the_trade_people_mean(text: str, one_thing_id: str) -> None:
    assert trades_named(text, CATALOGUE)[0].one_thing_id == one_thing_id


def test_an_industry_without_a_bundle_is_found_by_its_name() -> None:
    trade = trades_named("劳务派遣服务", CATALOGUE)[0]
    assert (trade.one_thing_id, trade.industry_code) == (None, "L7263")


@pytest.mark.parametrize("text", ["", "店", "今天天气不错", "xyz"])
def test_words_that_name_no_trade_find_none(text: str) -> None:
    assert trades_named(text, CATALOGUE) == ()


@pytest.mark.parametrize(
    ("text", "form_id"),
    [
        ("我想开个有限公司", "company"),
        ("个体户", "individual"),
        ("分公司", "branch"),
        ("合伙企业", "partnership"),
        ("农民专业合作社", "coop"),
        ("个人独资企业", "sole"),
    ],
)
def test_forms_are_found_by_what_people_call_them(text: str, form_id: str) -> None:
    assert forms_named(text, CATALOGUE)[0].id == form_id


def test_no_form_is_made_up() -> None:
    assert forms_named("火锅店", CATALOGUE) == ()
