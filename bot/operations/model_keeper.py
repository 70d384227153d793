"""Puts the wanted model into service beside the old one, and takes the old one out of service.

A second Rasa starts on a port of its own. Once it answers with the new model, one transaction sends
every turn that is claimed from then on to it. The old one ends when the turns that were claimed
before have ended. Both work on the same trackers, and a conversation has one turn at a time, so a
form that is open stays open. Whatever goes wrong, the old one goes on.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import httpx
import structlog

from bot.domain.model_life import ModelChoice
from bot.nlu import model_seal
from bot.operations.commands import rasa_at
from bot.operations.ports_free import free_port
from bot.operations.supervisor import Supervisor
from bot.services.learning import model_switch
from bot.services.ports import OpenUnitOfWork
from bot.settings import Settings

LOOK_EVERY_S = 1.0
SEE_LOG = "原因见 var/log/rasa-next.log"
READY_WITHIN_S = 600.0
"""A cold start beside a busy service may take minutes; more is a fault."""

SHORTEST_DRAIN_S = 3.0
"""A claim that began before the switch and was not committed yet shows within this time."""

LONGEST_DRAIN_S = 90.0
"""Over the longest turn; what is cut off then is asked again at the new place."""

NEXT, SERVING = "rasa-next", "rasa"
OLD = f"{SERVING}-old"

log = structlog.get_logger()


@dataclass(frozen=True)
class _Trial:
    choice: ModelChoice
    url: str
    began: float


@dataclass(frozen=True)
class _Drain:
    claims: frozenset[str]
    began: float


@dataclass(frozen=True)
class Place:
    """What the keeper works with.

    Attributes:
        models: Folder of the model files.
        base: Fingerprint of the product's own data.
        tell: Shows a line to the operator.
    """

    settings: Settings
    secrets: Mapping[str, str]
    root: Path
    models: Path
    base: str
    tell: Callable[[str], None]


class ModelKeeper:
    """Follows the wish in the database; call `tick` about twice a second."""

    def __init__(
        self, unit_of_work: OpenUnitOfWork, place: Place, now: Callable[[], datetime]
    ) -> None:
        self._unit_of_work = unit_of_work
        self._place = place
        self._now = now
        self._trial: _Trial | None = None
        self._drain: _Drain | None = None
        self._look_at = 0.0

    @property
    def is_idle(self) -> bool:
        """Tell whether exactly one model is up."""
        return self._trial is None and self._drain is None

    def tick(self, supervisor: Supervisor) -> None:
        """Take the next step, if it is time; never raises for a database that is away."""
        if time.monotonic() < self._look_at:
            return
        self._look_at = time.monotonic() + LOOK_EVERY_S
        try:
            self._step(supervisor)
        except Exception as error:  # noqa: BLE001 - the service must go on; tried again soon
            log.warning("model_keeper_failed", error=type(error).__name__)

    def _step(self, supervisor: Supervisor) -> None:
        if self._drain is not None:
            self._go_on_draining(supervisor, self._drain)
        elif self._trial is not None:
            self._go_on_trying(supervisor, self._trial)
        else:
            choice = model_switch.wanted_choice(self._unit_of_work)
            if choice is not None:
                self._begin(supervisor, choice)

    def _begin(self, supervisor: Supervisor, choice: ModelChoice) -> None:
        problem = self._problem_of(choice)
        if problem:
            self._refuse(choice, problem)
            return
        place = self._place
        url = f"http://127.0.0.1:{free_port()}"
        command = rasa_at(
            url, place.models / choice.name, place.root, place.settings, place.secrets
        )
        sealed = {**command.environment, model_seal.SETTING: choice.sha256}
        supervisor.add_on_trial(replace(command, environment=sealed))
        self._trial = _Trial(choice, url, time.monotonic())
        place.tell(f"正在启动新模型 (starting model) {choice.name}")

    def _problem_of(self, choice: ModelChoice) -> str:
        """Return why a model must not be started, "" when it may."""
        path = self._place.models / Path(choice.name).name
        if choice.base != self._place.base:
            return "这个模型是为别的版本训练的，请重新训练"
        if not path.is_file():
            return "模型文件不在了，请重新训练"
        try:
            model_seal.require(path, choice.sha256)
        except model_seal.WrongModel:
            return "模型文件与登记的校验和不符，已拒绝加载；请重新训练"
        return ""

    def _go_on_trying(self, supervisor: Supervisor, trial: _Trial) -> None:
        if NEXT not in supervisor.pids():
            self._give_up(supervisor, trial, f"新模型的进程自己退出了，{SEE_LOG}")
        elif time.monotonic() - trial.began > READY_WITHIN_S:
            self._give_up(supervisor, trial, f"新模型 10 分钟内没有就绪，{SEE_LOG}")
        elif self._is_ready(trial):
            self._switch(supervisor, trial)

    def _is_ready(self, trial: _Trial) -> bool:
        query = {"token": self._place.secrets["XIAOER_RASA_TOKEN"]}
        try:
            answer = httpx.get(f"{trial.url}/status", params=query, timeout=5, trust_env=False)
            return bool(answer.is_success and answer.json().get("model_file") == trial.choice.name)
        except (httpx.HTTPError, ValueError):
            return False

    def _switch(self, supervisor: Supervisor, trial: _Trial) -> None:
        is_done = model_switch.switch(
            self._unit_of_work,
            trial.choice,
            run_id=self._place.settings.run_id,
            url=trial.url,
            now=self._now(),
        )
        self._trial = None
        if not is_done:
            supervisor.dismiss(NEXT)
            return
        supervisor.take_over(NEXT, SERVING)
        self._drain = _Drain(frozenset(), time.monotonic())
        self._place.tell(f"新模型已启用 (model in use) {trial.choice.name}")

    def _go_on_draining(self, supervisor: Supervisor, drain: _Drain) -> None:
        lasted = time.monotonic() - drain.began
        held = frozenset(model_switch.claims(self._unit_of_work, self._now()))
        if lasted < SHORTEST_DRAIN_S:
            self._drain = replace(drain, claims=drain.claims | held)
        elif not drain.claims & held or lasted > LONGEST_DRAIN_S:
            supervisor.dismiss(OLD)
            self._drain = None

    def _give_up(self, supervisor: Supervisor, trial: _Trial, error: str) -> None:
        supervisor.dismiss(NEXT)
        self._trial = None
        self._refuse(trial.choice, error)

    def _refuse(self, choice: ModelChoice, error: str) -> None:
        model_switch.fail(self._unit_of_work, choice, error, now=self._now())
        self._place.tell(f"✗ {choice.name}: {error} (model not put into service)")
