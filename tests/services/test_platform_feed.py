"""Listening to the platform: one of several hubs reads, fetches and answers."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.domain.conversations import Reply
from bot.services.cases import cases
from bot.services.cases.mine import identify
from bot.services.conversations.conversations import open_web_conversation
from bot.services.platform.feed import (
    Feed,
    FeedTexts,
    answer_ask,
    claim_asks,
    claim_copies,
    fetch_copy,
    give_up_asks,
    poll_changes,
)
from bot.store.platform_texts import BadFeedTexts, load_feed_texts
from tests.casework_factories import ROOT, calendar, opened
from tests.platform_bench import CODE, NUMBER, OTHER, PHONE, Bench, bench

TEXTS = load_feed_texts(ROOT / "data" / "services" / "platform.yml")


class Scene:
    """A hub's feed beside a running platform, and somebody who asks."""

    def __init__(self, platform: Bench, engine: Engine) -> None:
        self.platform = platform
        self.unit = opened(engine)
        self.used = platform.platform(within_s=1.0)
        self.feed = Feed(
            unit_of_work=self.unit,
            platform=self.used,
            calendar=calendar(),
            now=platform.clock,
            poll_every=timedelta(seconds=15),
            texts=TEXTS,
            render=lambda view: Reply(f"现在：{view.state_label}"),
            render_list=lambda mine: Reply("、".join(row.number for row in mine.rows)),
        )
        self.who = open_web_conversation(self.unit, now=platform.clock()).conversation_id

    def ask(self, proof: str = PHONE[-4:]) -> None:
        cases.find_case(
            self.unit,
            number=NUMBER,
            credential=proof,
            conversation_id=self.who,
            now=self.platform.clock(),
            calendar=calendar(),
            platform=self.used,
        )

    def ask_in_vain(self, proof: str = PHONE[-4:]) -> None:
        self.platform.server.stop()
        with pytest.raises(cases.PlatformPending):
            self.ask(proof)
        self.platform.server.start()

    def list_in_vain(self, credential: str = CODE[-4:]) -> None:
        self.platform.server.stop()
        with pytest.raises(cases.PlatformPending):
            identify(
                self.unit,
                phone=PHONE,
                credential=credential,
                conversation_id=self.who,
                now=self.platform.clock(),
                platform=self.used,
            )
        self.platform.server.start()

    def follow(self) -> None:
        now = self.platform.clock()
        cases.follow_case(self.unit, number=NUMBER, conversation_id=self.who, now=now)

    def lines(self) -> list[str]:
        with self.unit() as uow:
            return [line.text for line in uow.conversations.messages(self.who)]

    def history(self) -> int:
        with self.unit() as uow:
            found = uow.cases.by_number(NUMBER)
        return len(found.events) if found else 0


@pytest.fixture
def scene(tmp_path: Path, engine: Engine) -> Iterator[Scene]:
    with bench(tmp_path) as platform:
        yield Scene(platform, engine)


def test_one_hub_at_a_time_reads_the_changes(scene: Scene) -> None:
    scene.ask()
    poll_changes(scene.feed)
    scene.platform.move("受理")
    assert not poll_changes(scene.feed)  # it was read a moment ago, whoever did it
    scene.platform.clock.pass_time(seconds=16)

    assert poll_changes(scene.feed)
    assert not poll_changes(scene.feed)


def test_a_change_that_was_read_is_fetched_once(scene: Scene) -> None:
    scene.ask()
    poll_changes(scene.feed)
    scene.platform.move("受理")
    scene.platform.clock.pass_time(seconds=16)
    poll_changes(scene.feed)

    (copy,) = claim_copies(scene.feed)
    assert claim_copies(scene.feed) == []
    assert fetch_copy(scene.feed, copy)
    assert fetch_copy(scene.feed, copy)  # by a hub that was slow
    assert scene.history() == 2


def test_a_copy_that_cannot_be_fetched_now_is_fetched_later(scene: Scene) -> None:
    scene.ask()
    with scene.unit() as uow:
        uow.platform.want(NUMBER, 2, scene.platform.clock())
    scene.platform.move("受理")
    scene.platform.faults.set("error", times=10)
    (copy,) = claim_copies(scene.feed)

    assert not fetch_copy(scene.feed, copy)
    scene.platform.faults.set("error", times=0)
    scene.platform.clock.pass_time(seconds=6)
    (again,) = claim_copies(scene.feed)
    assert fetch_copy(scene.feed, again)
    assert scene.history() == 2


def test_a_cursor_that_is_gone_makes_all_followed_cases_be_looked_at(scene: Scene) -> None:
    scene.ask()
    scene.follow()
    poll_changes(scene.feed)
    for copy in claim_copies(scene.feed):
        fetch_copy(scene.feed, copy)
    with scene.unit() as uow:
        uow.platform.set_cursor("of-another-platform", None)
    scene.platform.move("受理")
    for _ in range(2):
        scene.platform.clock.pass_time(seconds=16)
        poll_changes(scene.feed)

    assert [copy.number for copy in claim_copies(scene.feed)] == [NUMBER]


def test_of_two_hubs_one_tells_a_late_answer(scene: Scene) -> None:
    scene.ask_in_vain()
    (ask,) = claim_asks(scene.feed)
    assert claim_asks(scene.feed) == []

    assert [answer_ask(scene.feed, ask), answer_ask(scene.feed, ask)] == [True, False]
    assert scene.lines() == [f"{TEXTS.answered}\n现在：收件"]


def test_a_late_answer_to_a_wrong_proof_shows_nothing(scene: Scene) -> None:
    scene.ask_in_vain("0000")
    (ask,) = claim_asks(scene.feed)

    assert answer_ask(scene.feed, ask)
    (line,) = scene.lines()
    assert line == TEXTS.not_found.format(number=NUMBER)
    with scene.unit() as uow:
        assert uow.cases.by_number(NUMBER) is None


def test_ones_list_asked_for_during_an_outage_follows_when_the_platform_is_back(
    scene: Scene,
) -> None:
    scene.platform.receive(OTHER)
    scene.list_in_vain()
    (ask,) = claim_asks(scene.feed)

    assert [answer_ask(scene.feed, ask), answer_ask(scene.feed, ask)] == [True, False]
    (line,) = scene.lines()
    first, second = line.split("\n")
    assert first == TEXTS.answered_mine
    assert sorted(second.split("、")) == [NUMBER, OTHER]
    scene.ask("")  # from now on both are open to the conversation


def test_a_late_list_for_a_wrong_proof_shows_nothing(scene: Scene) -> None:
    scene.list_in_vain("0000")
    (ask,) = claim_asks(scene.feed)

    assert answer_ask(scene.feed, ask)
    assert scene.lines() == [TEXTS.not_found_mine]


def test_a_list_that_waits_while_the_platform_stays_away_is_asked_for_again(scene: Scene) -> None:
    scene.list_in_vain()
    scene.platform.server.stop()
    (ask,) = claim_asks(scene.feed)

    assert not answer_ask(scene.feed, ask)
    scene.platform.clock.pass_time(minutes=15)
    assert list(give_up_asks(scene.feed)) == [scene.who]
    assert scene.lines() == [TEXTS.gave_up_mine]


def test_after_a_quarter_of_an_hour_the_applicant_is_told_that_there_is_no_answer(
    scene: Scene,
) -> None:
    scene.ask_in_vain()
    scene.platform.clock.pass_time(minutes=15)

    assert list(give_up_asks(scene.feed)) == [scene.who]
    assert give_up_asks(scene.feed) == []
    assert scene.lines() == [TEXTS.gave_up.format(number=NUMBER)]


def test_a_grant_that_was_taken_back_is_not_asked_for_again_and_again(scene: Scene) -> None:
    scene.ask()
    with scene.unit() as uow:
        uow.platform.want(NUMBER, 2, scene.platform.clock())
    (copy,) = claim_copies(scene.feed)

    assert not fetch_copy(scene.feed, replace(copy, grant="taken-back-grant"))
    scene.platform.clock.pass_time(minutes=10)
    assert claim_copies(scene.feed) == []


def test_words_with_an_unknown_hole_stop_the_start(tmp_path: Path) -> None:
    file = tmp_path / "platform.yml"
    holes = dict.fromkeys(field.name for field in fields(FeedTexts))
    file.write_text("\n".join(f"{name}: '{{name}}'" for name in holes), encoding="utf-8")

    with pytest.raises(BadFeedTexts):
        load_feed_texts(file)
