"""What is written down while a model is put into service; called by `xiaoer run`."""

from collections.abc import Collection
from datetime import datetime

from bot.domain.model_life import ChoiceState, ModelChoice, Serving
from bot.services.learning.model_choices import KnownModel, new_choice, note
from bot.services.ports import OpenUnitOfWork

FIRST_START = "启动"


def active_choice(unit_of_work: OpenUnitOfWork) -> ModelChoice | None:
    """Return the model that serves, or served when everything was stopped."""
    with unit_of_work() as unit:
        return unit.models.newest_in(ChoiceState.ACTIVE)


def wanted_choice(unit_of_work: OpenUnitOfWork) -> ModelChoice | None:
    """Return the model that somebody asked for and that does not serve yet."""
    with unit_of_work() as unit:
        return unit.models.newest_in(ChoiceState.WANTED)


def begin_with(unit_of_work: OpenUnitOfWork, model: KnownModel, *, now: datetime) -> ModelChoice:
    """Write down the model that a start chose by itself, and return the choice."""
    choice = new_choice(model, ChoiceState.ACTIVE, by=None, reason=FIRST_START, now=now)
    with unit_of_work() as unit:
        choice_id = unit.models.add(choice)
        unit.models.move_all(seen=ChoiceState.ACTIVE, to=ChoiceState.PAST, but=choice_id)
        note(unit, "model_served", model.name, by=None, detail=FIRST_START, now=now)
        stored = unit.models.get(choice_id)
    assert stored is not None
    return stored


def switch(
    unit_of_work: OpenUnitOfWork, choice: ModelChoice, *, run_id: str, url: str, now: datetime
) -> bool:
    """Send every turn that is claimed from now on to the new place.

    Returns:
        False, and nothing is changed, when the wish was taken back meanwhile.
    """
    with unit_of_work() as unit:
        wanted = unit.models.newest_in(ChoiceState.WANTED)
        if wanted is None or wanted.id != choice.id:
            return False
        unit.models.set_serving(Serving(run_id, url, choice.id, now))
        unit.models.set_active(choice.id, now)
        unit.models.move_all(seen=ChoiceState.ACTIVE, to=ChoiceState.PAST, but=choice.id)
        note(unit, "model_served", choice.name, by=choice.by, detail=choice.reason, now=now)
        return True


def fail(unit_of_work: OpenUnitOfWork, choice: ModelChoice, error: str, *, now: datetime) -> None:
    """Write down why a model was not put into service; the one before goes on."""
    with unit_of_work() as unit:
        if unit.models.move(choice.id, seen=ChoiceState.WANTED, to=ChoiceState.FAILED, error=error):
            note(unit, "model_refused", choice.name, by=choice.by, detail=error, now=now)


def claims(unit_of_work: OpenUnitOfWork, now: datetime) -> Collection[str]:
    """Return the turns in progress, by their claims."""
    with unit_of_work() as unit:
        return unit.turns.holders(now)
