"""Urges that nobody answers in time go up by themselves."""

import threading
from datetime import date

from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.domain.cases import CaseEventKind, CaseState
from bot.domain.people import Agent, Role
from bot.services.cases import cases
from bot.services.cases.desk import advance_case
from bot.services.cases.news import announce_moves
from bot.services.cases.office import Office, answer_urge
from bot.services.cases.watch import CaseWatch, escalate_urges
from bot.services.conversations.conversations import open_web_conversation
from bot.store.case_news import load_case_news
from tests.casework_factories import (
    NOW,
    PHONE,
    ROOT,
    OpenUnit,
    calendar,
    case,
    case_rules,
    local,
    opened,
)

S = CaseState
OFFICER = Agent(7, "wangfang", "王芳", Role.OFFICER, department_id="approval")
MONDAY = date(2026, 11, 23)
"""Urged then, to be answered by Tuesday 24 November; the head has it from Wednesday on."""


def watch(unit: OpenUnit) -> CaseWatch:
    return CaseWatch(unit, case_rules(), calendar())


def urged(unit: OpenUnit, *moves: CaseState) -> tuple[str, str]:
    """Return the number of a case that was urged, and who urged it."""
    made = case(unit, *((state, NOW) for state in moves))
    who = open_web_conversation(unit, now=NOW).conversation_id
    known = {"number": made.number, "conversation_id": who, "now": NOW, "calendar": calendar()}
    cases.find_case(unit, credential=PHONE[-4:], **known)  # type: ignore[arg-type]  # as given
    cases.urge_case(unit, origin="urge", **known)  # type: ignore[arg-type]  # as given
    return made.number, who


def levels(unit: OpenUnit, *days: str) -> list[int]:
    """Return to how many levels urges have gone after the sweep of each day."""
    found = []
    for day in days:
        escalate_urges(watch(unit), now=local(f"{day} 09:00"))
        with unit() as uow:
            found.append(max(urge.escalation for urge in uow.case_urges.waiting(None, 10)))
    return found


def test_an_urge_goes_to_the_head_and_then_to_the_supervisor(engine: Engine) -> None:
    unit = opened(engine)
    urged(unit)

    # Tue due, Wed head, Thu, Fri supervisor, Mon nobody is left
    days = ("2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-30")
    assert levels(unit, *days) == [0, 1, 1, 2, 2]


def test_whoever_urged_is_told_who_has_it_now(engine: Engine) -> None:
    unit = opened(engine)
    number, who = urged(unit)
    now = local("2026-11-25 09:00")
    escalate_urges(watch(unit), now=now)

    texts = load_case_news(ROOT / "data" / "services" / "case_news.yml")
    announce_moves(unit, texts=texts, rules=case_rules(), now=now)

    with unit() as uow:
        (line,) = uow.conversations.messages(who)
        found = uow.cases.by_number(number)
    assert "经办部门没有按时答复，已自动转给部门负责人督办" in line.text
    assert found is not None
    assert found.events[-1].kind is CaseEventKind.URGE_ESCALATED
    assert found.escalation == 0  # the case itself is not overdue


def test_an_answered_urge_stays_where_it_is(engine: Engine) -> None:
    unit = opened(engine)
    number, _ = urged(unit)
    office = Office(unit, OFFICER, NOW, calendar(), case_rules())
    answer_urge(office, number=number, on=MONDAY, text="明天办")

    assert escalate_urges(watch(unit), now=local("2026-12-01 09:00")) == ()


def test_an_urge_of_a_finished_case_goes_nowhere(engine: Engine) -> None:
    unit = opened(engine)
    number, _ = urged(unit, S.ACCEPTED)
    advance_case(unit, number=number, to=S.COMPLETED, actor="approval", now=NOW)

    assert escalate_urges(watch(unit), now=local("2026-12-01 09:00")) == ()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT escalate_on FROM case_urges")).scalar() is None


def test_two_clocks_at_once_raise_an_urge_once(engine: Engine) -> None:
    unit = opened(engine)
    urged(unit)
    both = threading.Barrier(2)
    raised: list[int] = []

    def sweep() -> None:
        both.wait()
        raised.append(len(escalate_urges(watch(unit), now=local("2026-11-25 09:00"))))

    threads = [threading.Thread(target=sweep) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(raised) == [0, 1]
