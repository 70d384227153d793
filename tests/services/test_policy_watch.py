"""Hearing of policies: agreed to, told once with the reason, stopped."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy.engine import Engine

from bot.documents.policy_news_text import load_policy_news, news_writer
from bot.domain.catalogue import Catalogue
from bot.domain.policies import AllOf, Criterion, Operator
from bot.domain.policy_watch import WATCH_NOTICE
from bot.domain.privacy import Decision
from bot.services.conversations.conversations import open_web_conversation
from bot.services.policies.telling import tell_news
from bot.services.policies.watch import find_news, start_watch, stop_watch, watched_profile
from bot.services.privacy.consents import decided
from bot.store.unit_of_work import unit_of_work_factory
from tests.catalogue_factories import ROOT, catalogue, policy
from tests.service_factories import NOW, OpenUnit

SMALL = Criterion("taxpayer_type", Operator.EQ, "small_scale")
STAFF = Criterion("employees", Operator.LTE, 30)
OLD = policy(SMALL, "old")
NEW = policy(AllOf((SMALL, STAFF)), "new")
LATER = NOW + timedelta(hours=1)
SMALL_FIRM: dict[str, Any] = {"taxpayer_type": "small_scale", "employees": 3}


def watcher(store: OpenUnit, profile: dict[str, Any]) -> str:
    conversation = open_web_conversation(store, now=NOW).conversation_id
    start_watch(store, conversation_id=conversation, profile=profile, now=NOW)
    return conversation


def tell(store: OpenUnit, known: Catalogue) -> tuple[str, ...]:
    texts = load_policy_news(ROOT / "data" / "policy" / "news.yml")
    return tell_news(store, known, write=news_writer(texts, known), now=LATER)


def lines(store: OpenUnit, conversation: str) -> list[str]:
    with store() as unit:
        found = unit.conversations.messages(conversation, after=0, limit=50)
    return [message.text for message in found]


def begun(engine: Engine) -> OpenUnit:
    """Return a database that has seen the first catalogue."""
    store = unit_of_work_factory(engine)
    assert find_news(store, catalogue(OLD), NOW - timedelta(days=1)) == 1
    return store


def test_a_new_policy_is_told_once_with_the_reason(engine: Engine) -> None:
    store = begun(engine)
    mine, not_mine = watcher(store, SMALL_FIRM), watcher(store, {"taxpayer_type": "general"})
    known = catalogue(OLD, NEW)

    assert find_news(store, known, LATER) == 1
    assert tell(store, known) == (mine,)
    (said,) = lines(store, mine)
    assert "【新政策】政策new" in said
    assert "符合：从业人数不超过30人（您填的是3人）" in said
    assert "版本 20261123-" in said
    assert lines(store, not_mine) == []
    assert find_news(store, known, LATER) == 0
    assert tell(store, known) == ()
    assert len(lines(store, mine)) == 1


def test_the_first_catalogue_is_news_to_nobody(engine: Engine) -> None:
    store = unit_of_work_factory(engine)
    watcher(store, SMALL_FIRM)
    find_news(store, catalogue(OLD, NEW), LATER)

    assert tell(store, catalogue(OLD, NEW)) == ()


def test_a_changed_policy_is_told_as_changed_and_a_corrected_name_is_no_change(
    engine: Engine,
) -> None:
    store = begun(engine)
    mine = watcher(store, SMALL_FIRM)
    renamed = catalogue(replace(OLD, name="新名字"))
    changed = catalogue(replace(OLD, benefit=replace(OLD.benefit, formula="减半")))

    assert find_news(store, renamed, LATER) == 0
    assert find_news(store, changed, LATER) == 1
    tell(store, changed)
    assert "【政策有变化】" in lines(store, mine)[0]
    assert "减半" in lines(store, mine)[0]


def test_an_enterprise_is_told_what_single_fact_is_missing(engine: Engine) -> None:
    store = begun(engine)
    one, two = watcher(store, {"employees": 3}), watcher(store, {"layoff_rate": 0.1})
    known = catalogue(OLD, NEW)
    find_news(store, known, LATER)

    assert tell(store, known) == (one,)
    assert "还缺“增值税纳税人类型”" in lines(store, one)[0]
    assert lines(store, two) == []


def test_a_policy_that_ends_soon_is_recalled_to_those_whom_it_fits(engine: Engine) -> None:
    ending = replace(OLD, validity=replace(OLD.validity, until=date(2026, 12, 20)))
    store = unit_of_work_factory(engine)
    find_news(store, catalogue(ending), NOW - timedelta(days=9))
    mine, unsure = watcher(store, SMALL_FIRM), watcher(store, {"employees": 3})

    assert find_news(store, catalogue(ending), LATER) == 1
    assert tell(store, catalogue(ending)) == (mine,)
    assert "到 2026-12-20 截止" in lines(store, mine)[0]
    assert lines(store, unsure) == []
    assert find_news(store, catalogue(ending), LATER) == 0


def test_who_stopped_hears_nothing_and_both_decisions_are_kept(engine: Engine) -> None:
    store = begun(engine)
    mine = watcher(store, SMALL_FIRM)
    assert decided(store, mine, WATCH_NOTICE) is Decision.AGREED

    assert stop_watch(store, conversation_id=mine, now=NOW)
    assert not stop_watch(store, conversation_id=mine, now=NOW)
    assert decided(store, mine, WATCH_NOTICE) is Decision.REFUSED
    assert watched_profile(store, mine) == {}
    find_news(store, catalogue(OLD, NEW), LATER)
    assert tell(store, catalogue(OLD, NEW)) == ()


def test_who_agrees_again_hears_only_what_comes_after(engine: Engine) -> None:
    store = begun(engine)
    mine = watcher(store, SMALL_FIRM)
    stop_watch(store, conversation_id=mine, now=NOW)
    find_news(store, catalogue(OLD, NEW), LATER)
    start_watch(store, conversation_id=mine, profile=SMALL_FIRM, now=LATER + timedelta(minutes=1))

    assert tell(store, catalogue(OLD, NEW)) == ()


def test_news_of_a_version_that_is_gone_are_dropped(engine: Engine) -> None:
    store = begun(engine)
    mine = watcher(store, SMALL_FIRM)
    find_news(store, catalogue(OLD, NEW), LATER)

    assert tell(store, catalogue(OLD)) == ()
    with store() as unit:
        assert unit.policy_watch.open_news() == []
    assert lines(store, mine) == []


def test_of_two_hubs_that_tell_the_same_news_one_does(engine: Engine) -> None:
    store = begun(engine)
    watcher(store, SMALL_FIRM)
    find_news(store, catalogue(OLD, NEW), LATER)
    with store() as unit:
        (seen,) = unit.policy_watch.open_news()
        assert unit.policy_watch.advance(seen, "z", None)

    with store() as unit:
        assert not unit.policy_watch.advance(seen, "z", LATER)


def test_more_enterprises_than_one_transaction_tells_are_all_told(
    engine: Engine, monkeypatch: Any
) -> None:
    monkeypatch.setattr("bot.services.policies.telling.TOLD_AT_ONCE", 2)
    monkeypatch.setattr("bot.services.policies.telling.READ_AT_ONCE", 3)
    store = begun(engine)
    everybody = {watcher(store, SMALL_FIRM) for _ in range(7)}
    known = catalogue(OLD, NEW)
    find_news(store, known, LATER)

    told = tell(store, known)
    assert (set(told), len(told)) == (everybody, 7)
