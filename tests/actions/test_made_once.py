"""What is made of the catalogue and a few answers is made once, and never given to others."""

from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from typing import Any

import pytest

import actions
from actions.trades.start_answers import compose_start, open_start_questions
from actions.turns.made_once import FEW, Said, made_once, said_in
from bot.bootstrap import App


def test_the_same_answers_are_answered_from_memory_and_others_are_not(application: App) -> None:
    made: list[Said] = []

    @made_once(FEW)
    def note(said: Said) -> int:
        made.append(said)
        return len(made)

    first = said_in({"trade_name": "a", "other": "x", "trade_size": None}, "trade_")
    assert [note(first), note((("trade_name", "a"),)), note((("trade_name", "b"),))] == [1, 1, 2]
    assert application is actions.app()


def test_another_application_is_answered_anew(
    application: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    whose: list[App] = []

    @made_once(FEW)
    def note() -> None:
        whose.append(actions.app())

    note()
    note()
    other = replace(application, lookup=copy(application.lookup))
    monkeypatch.setattr(actions, "build", lambda _settings: other)
    actions.app.cache_clear()
    note()

    assert len(whose) == 2
    assert whose[0] is application
    assert whose[1] is not application


def test_a_plan_and_its_questions_follow_the_answers(application: App) -> None:
    def said(**more: Any) -> Mapping[str, Any]:
        return {"start_business_trade": f"bundle:{bundle}", **more}

    bundle = next(
        name
        for name, one in application.catalogue.one_things.items()
        if "area_m2" in one.question_ids
    )
    open_first = open_start_questions(said())
    assert "area_m2" in open_first
    assert "area_m2" not in open_start_questions(said(start_business_area_m2=120.0))
    assert open_start_questions(said()) == open_first

    plan = compose_start(said())
    assert compose_start({**said(), "booking_name": "x"}) is plan
    later = compose_start(said(start_business_start_on="2099-01-04"))
    assert later.plan.start_on > plan.plan.start_on
