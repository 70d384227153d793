"""What sounds like a beginning, a complaint or a question of another matter, and is not."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.questions.found_question import found_question
from actions.questions.matter_faqs import say_question
from actions.questions.misread import asks_of_registration, is_about_a_licence, is_question_instead
from actions.turns.trades_named import trades_meant
from actions.turns.turn import Turn, read_turn
from bot.bootstrap import App
from bot.services.finding.question_finder import Asked
from tests.actions.trackers import entity, message, tracker

FOREIGN = "我们韩国老板想在聊城设一家独资公司，跟内资公司办法一样么"


def _turn(text: str, intent: str, named: dict[str, str] | None = None, **state: Any) -> Turn:
    entities = [entity(name, value) for name, value in (named or {}).items()]
    return read_turn(tracker(message(text, intent, 0.6, entities), **state))


@pytest.mark.usefixtures("application")
def test_a_question_of_founding_that_no_form_stands_for_begins_no_business() -> None:
    assert asks_of_registration(_turn(FOREIGN, "start_business", {"industry": "独资公司"}))
    for text in ("想开个火锅店，要办啥证", "想注册个公司，要多少钱", FOREIGN.partition("，")[0]):
        assert not asks_of_registration(_turn(text, "start_business"))


@pytest.mark.usefixtures("application")
def test_who_was_told_to_lack_a_licence_begins_no_business() -> None:
    told = "我在市场有个摊位，批发袋装糖果瓜子，人家来查说我差个备案"
    assert is_about_a_licence(_turn(told, "start_business", {"industry": "批发"}))
    assert not is_about_a_licence(
        _turn("想批发袋装糖果瓜子", "start_business", {"industry": "批发"})
    )


@pytest.mark.usefixtures("application")
@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("昨天来检查的说我这小旅馆没有卫生许可证，让十天内补上，我该找谁", True),
        ("窗口不给办卫生许可证，我该找谁", False),
        ("卫生许可证拖了俩月了", False),
    ],
)
def test_who_asks_at_last_and_blames_nobody_complains_of_nothing(
    text: str, *, is_asked: bool
) -> None:
    assert is_question_instead(_turn(text, "complain", {"matter": "卫生许可证"})) is is_asked


@pytest.mark.usefixtures("application")
def test_a_text_that_is_clearly_about_another_matter_asks_no_question_of_this_one() -> None:
    less = "当年头脑一热注册资本写了一千万，现在想降到一百万，咋弄"
    asked = found_question(_turn(less, "ask_procedure"))
    assert asked is None or asked.matter.id == "chg-capital-down"
    assert found_question(_turn("注册公司，注册资本写多少合适", "ask_procedure")) is not None


@pytest.mark.parametrize(("focus", "is_named"), [("matter", False), ("plan", True), (None, True)])
def test_an_answer_names_its_matter_unless_that_is_spoken_of(
    application: App, focus: str | None, *, is_named: bool
) -> None:
    matter = application.catalogue.matter("suspend-biz")
    asked = Asked(matter, matter.faqs[0], 0.6)
    say = CollectingDispatcher()
    turn = _turn("停几年行", "nlu_fallback", slots={"focus": focus, "matter_id": matter.id})
    say_question(turn, asked, say)
    assert (matter.name in str(say.messages)) is is_named


@pytest.mark.usefixtures("application")
def test_a_piece_of_a_form_of_enterprise_is_no_trade() -> None:
    text = "日本客户想来聊城设个办事处，咋弄"
    assert trades_meant(_turn(text, "start_business", {"enterprise_type": "办事处"})) == []
    assert trades_meant(_turn("我想办个幼儿园", "start_business")) == ["幼儿园"]
