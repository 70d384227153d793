"""The marks of agents change when something of their own lists does, and of nobody else's."""

from datetime import timedelta

from sqlalchemy.engine import Engine

from bot.domain.desk_work import HELP_DESK
from bot.services.desk import handover
from bot.services.desk import moves as desk_moves
from bot.services.desk import notes as desk_notes
from bot.store.unit_of_work import unit_of_work_factory
from tests.desk_cast import NOW, Cast, texts

LATER = NOW + timedelta(hours=1)


def test_only_what_an_agent_holds_or_is_mentioned_in_changes_its_mark(engine: Engine) -> None:
    cast = Cast(unit_of_work_factory(engine))
    meimei, lilei = cast.agent(), cast.agent("lilei", "李雷")
    first = cast.waiting()

    def marks() -> tuple[str | None, str | None]:
        with cast.open_unit() as unit:
            found = unit.desk_lists.own_marks()
        return found.get(meimei.id), found.get(lilei.id)

    seen = [marks()]
    handover.claim(
        cast.open_unit, conversation_id=first, agent_id=meimei.id, now=NOW, texts=texts()
    )
    seen.append(marks())
    desk_moves.snooze(
        cast.open_unit, conversation_id=first, agent_id=meimei.id, until=LATER, now=NOW
    )
    seen.append(marks())
    desk_notes.add_note(
        cast.open_unit, conversation_id=first, agent_id=meimei.id, text="@李雷 看一下", now=NOW
    )
    seen.append(marks())
    cast.waiting("另一位也来了")
    seen.append(marks())

    of_meimei, of_lilei = zip(*seen, strict=True)
    assert len({*of_meimei[:3]}) == 3  # nothing, held, put aside
    assert of_meimei[2:] == (of_meimei[2],) * 3
    assert of_lilei[:3] == (None,) * 3
    assert of_lilei[3] is not None
    assert of_lilei[3] == of_lilei[4]


def test_a_department_counts_who_waits_and_who_is_served(engine: Engine) -> None:
    cast = Cast(unit_of_work_factory(engine))
    agent = cast.agent()
    held = cast.waiting()
    cast.waiting("另一位也来了")
    cast.conversation()  # served by the bot
    handover.claim(cast.open_unit, conversation_id=held, agent_id=agent.id, now=NOW, texts=texts())

    with cast.open_unit() as unit:
        assert unit.desk_lists.in_department(HELP_DESK) == 2
        assert unit.desk_lists.in_department("no-such-department") == 0
