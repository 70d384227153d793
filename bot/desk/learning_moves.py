"""What is done at the page of models."""

from collections.abc import Callable, Mapping

from bot.desk.context import Desk
from bot.desk.guard import Fields, one
from bot.domain.model_life import JobKind, UnknownModel
from bot.domain.people import Agent
from bot.services.learning import jobs as learning_jobs
from bot.services.learning import model_choices
from bot.services.learning.model_choices import known_models

MOST_REPLAYED = 100


def _train(desk: Desk, agent: Agent, _fields: Fields) -> None:
    learning_jobs.ask_for(
        desk.unit_of_work, agent=agent, kind=JobKind.TRAIN, wish={}, now=desk.now()
    )


def _compare(desk: Desk, agent: Agent, fields: Fields) -> None:
    with desk.unit_of_work() as unit:
        names = {one.name for one in known_models(unit)}
    name, replayed = one(fields, "model"), one(fields, "replay")
    if name not in names:
        raise UnknownModel(name)
    is_number = replayed.isascii() and replayed.isdigit() and len(replayed) < 4  # noqa: PLR2004
    wish = {"model": name, "replay": min(int(replayed), MOST_REPLAYED) if is_number else 0}
    learning_jobs.ask_for(
        desk.unit_of_work, agent=agent, kind=JobKind.COMPARE, wish=wish, now=desk.now()
    )


def _stop(desk: Desk, agent: Agent, fields: Fields) -> None:
    raw = one(fields, "job")
    is_number = raw.isascii() and raw.isdigit() and len(raw) < 10  # noqa: PLR2004 - an id
    learning_jobs.stop(
        desk.unit_of_work, agent=agent, job_id=int(raw) if is_number else 0, now=desk.now()
    )


def _choose(desk: Desk, agent: Agent, fields: Fields) -> None:
    model_choices.choose_known(
        desk.unit_of_work,
        agent=agent,
        name=one(fields, "model"),
        reason=one(fields, "reason"),
        now=desk.now(),
    )


def _back(desk: Desk, agent: Agent, fields: Fields) -> None:
    model_choices.go_back(
        desk.unit_of_work, agent=agent, reason=one(fields, "reason"), now=desk.now()
    )


MOVES: Mapping[str, Callable[[Desk, Agent, Fields], None]] = {
    "train": _train,
    "compare": _compare,
    "stop": _stop,
    "choose": _choose,
    "back": _back,
}
