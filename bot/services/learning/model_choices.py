"""Choose the model that serves, and go back to the one before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.model_life import (
    AlreadyServing,
    ChoiceState,
    JobKind,
    JobState,
    ModelChoice,
    NothingToGoBackTo,
    ReasonMissing,
    UnknownModel,
)
from bot.domain.people import Agent, AuditEntry, NotAllowed
from bot.domain.permissions import Permission
from bot.services.ports import OpenUnitOfWork, UnitOfWork

LISTED = 50
MAX_REASON = 200


@dataclass(frozen=True)
class KnownModel:
    """A model file that was trained or chosen here.

    Attributes:
        base: Fingerprint of the product's data that it was trained with.
        at: When it was made, or first chosen.
    """

    name: str
    sha256: str
    base: str
    at: datetime


def rasa_place(unit_of_work: OpenUnitOfWork, run_id: str) -> str | None:
    """Return where the model in use of a run listens, None before the first change."""
    with unit_of_work() as unit:
        serving = unit.models.serving(run_id)
    return serving.url if serving else None


def known_models(unit: UnitOfWork) -> Sequence[KnownModel]:
    """Return the models that can be chosen, the newest first."""
    found: dict[str, KnownModel] = {}
    for job in unit.learning_jobs.newest(LISTED, JobKind.TRAIN):
        result = job.result
        if job.state is JobState.DONE and job.ended_at:
            made = KnownModel(result["model"], result["sha256"], result["base"], job.ended_at)
            found.setdefault(made.name, made)
    for one in unit.models.newest(LISTED):
        found.setdefault(one.name, KnownModel(one.name, one.sha256, one.base, one.at))
    return sorted(found.values(), key=lambda one: one.at, reverse=True)


def choose_known(
    unit_of_work: OpenUnitOfWork, *, agent: Agent, name: str, reason: str, now: datetime
) -> int:
    """Ask for a model by name, at the desk; returns the id of the choice.

    Raises:
        AlreadyServing, ReasonMissing, UnknownModel: As the names say.
        NotAllowed: This role does not change the model.
    """
    if not agent.may(Permission.CHOOSE_THE_MODEL):
        raise NotAllowed
    with unit_of_work() as unit:
        model = next((one for one in known_models(unit) if one.name == name), None)
        if model is None:
            raise UnknownModel(name)
        return choose(unit, model, by=agent.id, reason=reason, now=now)


def go_back(unit_of_work: OpenUnitOfWork, *, agent: Agent, reason: str, now: datetime) -> int:
    """Ask for the model that served before; returns the id of the choice.

    Raises:
        AlreadyServing, ReasonMissing: As the names say.
        NothingToGoBackTo: No other model of this version of the product has served.
        NotAllowed: This role does not change the model.
    """
    if not agent.may(Permission.CHOOSE_THE_MODEL):
        raise NotAllowed
    with unit_of_work() as unit:
        model = model_before(unit)
        if model is None:
            raise NothingToGoBackTo
        return choose(unit, model, by=agent.id, reason=reason, now=now)


def model_before(unit: UnitOfWork) -> KnownModel | None:
    """Return the model that served before the present one and still fits, None without one."""
    active = unit.models.newest_in(ChoiceState.ACTIVE)
    for one in unit.models.served(LISTED) if active else ():
        if active and one.name != active.name and one.base == active.base:
            return KnownModel(one.name, one.sha256, one.base, one.at)
    return None


def choose(
    unit: UnitOfWork, model: KnownModel, *, by: int | None, reason: str, now: datetime
) -> int:
    """Ask for a model; `xiaoer run` puts it into service. An older wish gives way.

    Raises:
        AlreadyServing: It serves already, or is being put into service.
        ReasonMissing: Nobody says why.
        UnknownModel: It was trained for another version of the product.
    """
    said = " ".join(reason.split())[:MAX_REASON]
    if not said:
        raise ReasonMissing
    active = unit.models.newest_in(ChoiceState.ACTIVE)
    wanted = unit.models.newest_in(ChoiceState.WANTED)
    coming = wanted or active
    if coming and (coming.name, coming.sha256) == (model.name, model.sha256):
        raise AlreadyServing
    if active and active.base != model.base:
        raise UnknownModel(model.name)
    unit.models.move_all(seen=ChoiceState.WANTED, to=ChoiceState.SUPERSEDED)
    choice_id = unit.models.add(new_choice(model, ChoiceState.WANTED, by=by, reason=said, now=now))
    note(unit, "model_chosen", model.name, by=by, detail=said, now=now)
    return choice_id


def new_choice(
    model: KnownModel, state: ChoiceState, *, by: int | None, reason: str, now: datetime
) -> ModelChoice:
    """Return a choice that is not stored yet."""
    active_at = now if state is ChoiceState.ACTIVE else None
    return ModelChoice(
        id=0,
        name=model.name,
        sha256=model.sha256,
        base=model.base,
        state=state,
        by=by,
        at=now,
        reason=reason,
        error="",
        active_at=active_at,
    )


def note(
    unit: UnitOfWork, action: str, name: str, *, by: int | None, detail: str, now: datetime
) -> None:
    """Write an entry of the audit log about a model."""
    unit.people.add_audit(AuditEntry(now, by, action, name[:60], detail[:300]))
