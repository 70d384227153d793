"""Choices of models, where the one in use listens, and background work, on both databases."""

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from bot.domain.learning import Lesson, LessonKind, LessonState
from bot.domain.model_life import ChoiceState, JobKind, JobState, Serving
from bot.domain.people import Role
from bot.services.learning.jobs import new_job
from bot.services.learning.model_choices import KnownModel, new_choice
from bot.store.unit_of_work import unit_of_work_factory
from tests.desk_cast import NOW, Cast

MODEL = KnownModel("a.tar.gz", "a" * 64, "b" * 16, NOW)


def test_a_place_is_kept_by_run_and_moves(engine: Engine) -> None:
    with unit_of_work_factory(engine)() as unit:
        wanted = new_choice(MODEL, ChoiceState.WANTED, by=None, reason="试", now=NOW)
        choice = unit.models.add(wanted)
        for url in ("http://127.0.0.1:1", "http://127.0.0.1:2"):
            unit.models.set_serving(Serving("run", url, choice, NOW))
        unit.models.set_active(choice, NOW)

        assert unit.models.serving("run") == Serving("run", "http://127.0.0.1:2", choice, NOW)
        assert unit.models.serving("other") is None
        stored = unit.models.newest_in(ChoiceState.ACTIVE)
        assert stored == replace(wanted, id=choice, state=ChoiceState.ACTIVE, active_at=NOW)


def test_work_is_taken_up_once_and_ends_once(engine: Engine) -> None:
    with unit_of_work_factory(engine)() as unit:
        jobs = unit.learning_jobs
        job = jobs.add(new_job(JobKind.COMPARE, {"model": "a"}, by=None, now=NOW))
        assert not jobs.progress(job, "训练", 1)
        assert [jobs.start(job, NOW), jobs.start(job, NOW)] == [True, False]
        assert jobs.progress(job, "训练", 40)
        ends = [jobs.end(job, JobState.DONE, NOW, result={"甲": 1}) for _ in range(2)]
        assert ends == [True, False]
        stored = jobs.get(job)
    assert stored is not None
    assert (stored.result, stored.percent, stored.wish) == ({"甲": 1}, 40, {"model": "a"})


def test_nobody_changes_the_history_of_a_lesson(engine: Engine) -> None:
    store = unit_of_work_factory(engine)
    editor = Cast(store).agent("editor", "周编辑", Role.EDITOR)
    lesson = Lesson(
        0, LessonKind.FACT, "", ("甲",), "补上", LessonState.OPEN, editor.id, NOW, None, None
    )
    with store() as unit:
        assert len(unit.lessons.history(unit.lessons.add(lesson))) == 1
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text("UPDATE lesson_events SET reason = 'x'"))
