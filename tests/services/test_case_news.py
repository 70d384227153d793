from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.domain.cases import CaseState
from bot.domain.conversations import Author, Button
from bot.services.cases import cases
from bot.services.cases.desk import advance_case
from bot.services.cases.news import CaseNewsTexts, announce_moves
from bot.services.conversations.conversations import open_web_conversation
from bot.store.case_news import BadCaseNews, load_case_news
from tests.casework_factories import (
    NOW,
    PHONE,
    ROOT,
    OpenUnit,
    calendar,
    case,
    case_rules,
    opened,
)

S = CaseState
FILE = ROOT / "data" / "services" / "case_news.yml"


def texts() -> CaseNewsTexts:
    return load_case_news(FILE)


def follow(unit: OpenUnit, number: str, conversation_id: str) -> None:
    cases.find_case(
        unit,
        number=number,
        credential=PHONE[-4:],
        conversation_id=conversation_id,
        now=NOW,
        calendar=calendar(),
    )
    cases.follow_case(unit, number=number, conversation_id=conversation_id, now=NOW)


def test_a_follower_reads_what_happened_and_what_to_bring(engine: Engine) -> None:
    unit = opened(engine)
    mine = open_web_conversation(unit, now=NOW).conversation_id
    made = case(unit)
    follow(unit, made.number, mine)
    advance_case(
        unit,
        number=made.number,
        to=S.RECTIFICATION,
        actor="approval",
        now=NOW,
        reason="缺一份证明",
        missing=["从业人员健康证明", "平面图"],
    )
    assert announce_moves(unit, texts=texts(), rules=case_rules(), now=NOW) == (mine,)
    with unit() as uow:
        (line,) = uow.conversations.messages(mine)
    assert line.author is Author.SYSTEM
    assert line.text.splitlines() == [
        f"您关注的办件 {made.number}（食品经营许可（新办））有新进展：补正。",
        "说明：缺一份证明",
        "请您补交：从业人员健康证明、平面图",
    ]
    show = f'/query_case{{"case_number": "{made.number}"}}'
    stop = f'/follow_case{{"case_number": "{made.number}", "case_act": "quiet"}}'
    assert line.buttons == (Button("看看办到哪了", show), Button("别再通知这件", stop))


def test_everything_is_told_once_and_in_order(engine: Engine) -> None:
    unit = opened(engine)
    mine = open_web_conversation(unit, now=NOW).conversation_id
    number = case(unit).number
    follow(unit, number, mine)
    for state in (S.ACCEPTED, S.UNDER_REVIEW, S.COMPLETED):
        advance_case(unit, number=number, to=state, actor="approval", now=NOW)
    assert announce_moves(unit, texts=texts(), rules=case_rules(), now=NOW) == (mine,)
    assert announce_moves(unit, texts=texts(), rules=case_rules(), now=NOW) == ()
    with unit() as uow:
        lines = [message.text for message in uow.conversations.messages(mine)]
    assert [line.rstrip("。")[-2:] for line in lines] == ["受理", "审查", "办结"]


def test_a_conversation_that_is_gone_holds_nobody_up(engine: Engine) -> None:
    unit = opened(engine)
    mine = open_web_conversation(unit, now=NOW).conversation_id
    number = case(unit).number
    for conversation_id in ("gone", mine):
        follow(unit, number, conversation_id)
    advance_case(unit, number=number, to=S.ACCEPTED, actor="approval", now=NOW)
    assert announce_moves(unit, texts=texts(), rules=case_rules(), now=NOW) == (mine,)
    assert announce_moves(unit, texts=texts(), rules=case_rules(), now=NOW) == ()


@pytest.mark.parametrize(
    "text", ["moved: x", "moved: '{who}'", "- a", "moved: [", FILE.name * 2, "moved: 1"]
)
def test_words_with_holes_are_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "case_news.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadCaseNews):
        load_case_news(file)


def test_missing_words_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadCaseNews):
        load_case_news(tmp_path / "nothing.yml")
