"""What goes wrong is filed with its place and without anybody's words."""

import pytest
from sqlalchemy.engine import Engine

from bot.services.operating.incidents import file_incident, list_incidents, place_of
from bot.store.unit_of_work import unit_of_work_factory
from tests.clocks import StillClock

SECRET = "13800138000"


def broken() -> None:
    from bot.services.operating.numbers import NumberKind  # noqa: PLC0415 - a frame of our own code

    NumberKind(SECRET)


@pytest.fixture
def error() -> Exception:
    try:
        broken()
    except ValueError as raised:
        return raised
    raise AssertionError


def test_an_incident_is_numbered_and_listed_newest_first(engine: Engine, error: Exception) -> None:
    unit_of_work, clock = unit_of_work_factory(engine), StillClock()
    numbers = [
        file_incident(
            unit_of_work,
            action=name,
            conversation_id="c",
            message_id="7",
            error=error,
            now=clock(),
        ).number
        for name in ("action_first", "action_second")
    ]

    listed = list_incidents(unit_of_work)

    assert numbers == ["GZ-20261123-0001", "GZ-20261123-0002"]
    assert [one.action for one in listed] == ["action_second", "action_first"]
    assert listed[0].error == "ValueError"


def test_nothing_of_the_errors_text_is_kept(engine: Engine, error: Exception) -> None:
    unit_of_work = unit_of_work_factory(engine)
    incident = file_incident(
        unit_of_work,
        action="action_show",
        conversation_id="c",
        message_id="7",
        error=error,
        now=StillClock()(),
    )

    assert SECRET in str(error)
    assert SECRET not in repr(incident)


def test_an_error_from_outside_our_code_has_no_place() -> None:
    with pytest.raises(ValueError, match="invalid literal") as raised:
        int("x")

    # the frame of this test lies in no folder of ours
    assert place_of(raised.value) == ""


def test_the_place_is_the_innermost_line_of_ours() -> None:
    from bot.services.times.local_time import local_day  # noqa: PLC0415

    with pytest.raises(AttributeError) as raised:
        local_day("not a time")  # type: ignore[arg-type]

    assert place_of(raised.value).startswith("bot/services/times/local_time.py:")
