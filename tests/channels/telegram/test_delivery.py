"""Telegram as it is on a bad day: too many requests, errors, dead lines, people who block."""

import time

import pytest

from bot.domain.conversations import Reply
from bot.services.conversations.deliveries import list_failed_deliveries
from bot.services.desk.handovers import say_as_system
from tests.channels.telegram.conftest import Site
from tests.telegram_person import Person


def tell(site: Site, person: Person, text: str) -> None:
    """Send a notice, as news of a case are."""
    say_as_system(
        site.app.unit_of_work,
        conversation_id=site.conversation(person).id,
        reply=Reply(text=text),
        now=site.app.now(),
    )


def test_too_many_requests_delay_this_chat_and_no_other(site: Site, lilei: Person) -> None:
    wangwu = site.person()
    site.api.script["sendMessage"].append("429:2")
    began = time.monotonic()
    lilei.say("一")
    site.api.wait(lambda: not site.api.script["sendMessage"])
    wangwu.say("别人的")
    wangwu.read()
    others_waited = time.monotonic() - began
    lilei.say("二")
    first, second = lilei.read(2)

    assert others_waited < time.monotonic() - began
    assert (first, second) == ("听到：一", "听到：二"), "in order all the same"
    assert time.monotonic() - began >= 2


@pytest.mark.parametrize("trouble", ["500", "502", "lost"])
def test_an_error_of_a_moment_loses_nothing(site: Site, lilei: Person, trouble: str) -> None:
    site.api.script["sendMessage"].append(trouble)
    lilei.say("一")
    lilei.say("二")
    expected = ["听到：一", "听到：二"]
    lilei.read(3 if trouble == "lost" else 2)

    assert sorted(set(lilei.texts)) == expected
    assert len(lilei.texts) == (3 if trouble == "lost" else 2), "doubled only when in doubt"


def test_a_slow_chat_does_not_hold_up_the_others(site: Site, lilei: Person) -> None:
    wangwu = site.person()
    site.api.script["sendMessage"].append("slow:3")
    lilei.say("慢")
    site.api.wait(lambda: not site.api.script["sendMessage"])
    wangwu.say("快")
    wangwu.read()

    assert lilei.texts == []
    assert lilei.read() == ["听到：慢"]


def test_a_text_that_telegram_finds_too_long_goes_in_two(site: Site, lilei: Person) -> None:
    site.api.script["sendMessage"].append("400:message is too long")
    lilei.say("前一半的话，说完了。后一半的话，说完了。")

    assert "".join(lilei.read(2)) == "听到：前一半的话，说完了。后一半的话，说完了。"


def test_a_text_that_telegram_cannot_read_goes_plain(site: Site, lilei: Person) -> None:
    site.api.script["sendMessage"].append("400:can't parse entities: unexpected end")
    lilei.say("a < b")

    assert lilei.read() == ["听到：a < b"]
    assert "parse_mode" not in lilei.shown[-1]


def test_whoever_blocks_the_bot_is_left_alone_and_staff_can_see_it(
    site: Site, lilei: Person
) -> None:
    lilei.say("你好")
    lilei.read()
    site.api.blocked_by.add(str(lilei.id))
    tell(site, lilei, "您的办件有新进展")
    tell(site, lilei, "请补材料")
    site.api.wait(lambda: site.conversation(lilei).unreachable_since)
    tell(site, lilei, "又有进展")
    mine = site.conversation(lilei).id
    failed = [
        one.message.text
        for one in list_failed_deliveries(site.app.unit_of_work)
        if one.message.conversation_id == mine
    ]

    assert sorted(failed) == ["又有进展", "您的办件有新进展", "请补材料"]
    site.api.blocked_by.clear()
    lilei.say("我回来了")
    assert lilei.read() == ["听到：我回来了"]
    assert site.conversation(lilei).unreachable_since is None


def test_telegram_says_itself_who_blocks_and_who_comes_back(site: Site, lilei: Person) -> None:
    lilei.say("你好")
    lilei.read()
    lilei.membership("kicked")
    assert site.conversation(lilei).unreachable_since is not None
    lilei.membership("member")

    assert site.conversation(lilei).unreachable_since is None


def test_a_long_line_goes_on_at_the_piece_that_was_not_taken(site: Site, lilei: Person) -> None:
    site.rasa.answer = lambda _text: [{"text": "一句话。" * 2500}]
    site.api.script["sendMessage"].extend(["", "", "500"])
    lilei.say("说长点")
    pieces = lilei.read(3)

    assert "".join(pieces) == "一句话。" * 2500
