"""What goes wrong with a new model leaves the old one alone; a supervisor with a guest."""

import os
import sys
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.bootstrap import utc_now
from bot.domain.model_life import ChoiceState, JobKind, JobState, ModelChanged
from bot.nlu.model_seal import WrongModel, require, sha256_of
from bot.operations import model_keeper
from bot.operations.fingerprint import fingerprint
from bot.operations.job_keeper import JobKeeper
from bot.operations.model_keeper import ModelKeeper, Place
from bot.operations.model_start import model_to_serve, require_unchanged
from bot.operations.supervisor import Command, Supervisor
from bot.services.learning import jobs as learning_jobs
from bot.services.learning.jobs import new_job
from bot.services.learning.model_choices import KnownModel, choose, new_choice
from bot.services.learning.model_switch import begin_with
from bot.services.ports import OpenUnitOfWork
from bot.settings import ROOT, Settings
from bot.store.unit_of_work import unit_of_work_factory
from tests.operations.consoles import recording_display
from tests.operations.waiting import is_running, wait_for

SLEEP = "import time; time.sleep(600)"
BASE = "b" * 16
SECRETS = {"XIAOER_RASA_TOKEN": "secret"}


def command(code: str, name: str) -> Command:
    return Command(name, [sys.executable, "-c", code], dict(os.environ))


@pytest.fixture
def store(sqlite_engine: Engine) -> OpenUnitOfWork:
    return unit_of_work_factory(sqlite_engine)


@pytest.fixture
def keeper(store: OpenUnitOfWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelKeeper:
    monkeypatch.setattr(model_keeper, "LOOK_EVERY_S", 0.0)
    place = Place(Settings(run_id="run"), SECRETS, ROOT, tmp_path, BASE, lambda _line: None)
    return ModelKeeper(store, place, utc_now)


def wish(store: OpenUnitOfWork, path: Path, *, sha256: str = "", base: str = BASE) -> None:
    first = KnownModel("first.tar.gz", "a" * 64, base, utc_now())
    begin_with(store, first, now=utc_now())
    digest = sha256 or (sha256_of(path) if path.exists() else "c" * 64)
    model = KnownModel(path.name, digest, base, utc_now())
    with store() as unit:
        choose(unit, model, by=None, reason="试", now=utc_now())


def outcome(store: OpenUnitOfWork) -> tuple[str, ChoiceState, str]:
    with store() as unit:
        active = unit.models.newest_in(ChoiceState.ACTIVE)
        last = unit.models.newest(1)[0]
    assert active is not None
    return active.name, last.state, last.error


def test_a_changed_model_file_is_refused_and_the_old_one_goes_on(
    store: OpenUnitOfWork, keeper: ModelKeeper, tmp_path: Path
) -> None:
    path = tmp_path / "second.tar.gz"
    path.write_bytes(b"what somebody put there")
    wish(store, path, sha256="c" * 64)
    with Supervisor([command(SLEEP, "rasa")], tmp_path, tmp_path) as supervisor:
        keeper.tick(supervisor)
        assert list(supervisor.pids()) == ["rasa"]

    name, state, error = outcome(store)
    assert (name, state) == ("first.tar.gz", ChoiceState.FAILED)
    assert "校验和不符" in error


def test_a_model_that_is_gone_or_of_another_version_is_refused(
    store: OpenUnitOfWork, keeper: ModelKeeper, tmp_path: Path
) -> None:
    with Supervisor([command(SLEEP, "rasa")], tmp_path, tmp_path) as supervisor:
        wish(store, tmp_path / "gone.tar.gz")
        keeper.tick(supervisor)
        assert "不在了" in outcome(store)[2]
        wish(store, tmp_path / "old.tar.gz", base="d" * 16)
        keeper.tick(supervisor)
        assert "别的版本" in outcome(store)[2]


def test_a_model_that_does_not_start_is_given_up(
    store: OpenUnitOfWork, keeper: ModelKeeper, tmp_path: Path
) -> None:
    """The file is no model at all: Rasa ends by itself."""
    path = tmp_path / "broken.tar.gz"
    path.write_bytes(b"no archive")
    wish(store, path)
    with Supervisor([command(SLEEP, "rasa")], tmp_path, tmp_path) as supervisor:
        keeper.tick(supervisor)
        pid = supervisor.pids()["rasa-next"]
        os.kill(pid, 9)
        wait_for(lambda: not is_running(pid))
        keeper.tick(supervisor)
        assert list(supervisor.pids()) == ["rasa"]
        assert supervisor.tick() == []

    assert outcome(store)[:2] == ("first.tar.gz", ChoiceState.FAILED)
    assert "rasa-next.log" in outcome(store)[2]


def test_a_guest_that_dies_is_not_started_again_until_it_has_taken_over(tmp_path: Path) -> None:
    with Supervisor([command(SLEEP, "rasa")], tmp_path, tmp_path) as supervisor:
        supervisor.add_on_trial(command(SLEEP, "rasa-next"))
        old, new = supervisor.pids()["rasa"], supervisor.pids()["rasa-next"]
        supervisor.take_over("rasa-next", "rasa")
        assert supervisor.pids() == {"rasa-old": old, "rasa": new}
        supervisor.dismiss("rasa-old")
        wait_for(lambda: supervisor.tick() == [] and not is_running(old))
        os.kill(new, 9)
        wait_for(lambda: not is_running(new))
        assert supervisor.tick() == ["rasa"]


def test_a_process_that_does_not_go_by_itself_is_made_to(tmp_path: Path) -> None:
    stubborn = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "open('ready', 'w').close(); time.sleep(600)"
    )
    with Supervisor([command(stubborn, "one")], tmp_path, tmp_path) as supervisor:
        wait_for((tmp_path / "ready").exists)
        pid = supervisor.pids()["one"]
        supervisor.dismiss("one", grace_s=0.1)
        wait_for(lambda: supervisor.tick() == [] and not is_running(pid))


def test_the_model_in_use_is_started_again_and_a_changed_file_is_not(
    store: OpenUnitOfWork, tmp_path: Path
) -> None:
    base = fingerprint(tmp_path)
    path = tmp_path / "models" / "kept.tar.gz"
    path.parent.mkdir()
    path.write_bytes(b"model")
    begin_with(store, KnownModel(path.name, sha256_of(path), base, utc_now()), now=utc_now())
    display, _ = recording_display()

    assert model_to_serve(store, tmp_path, tmp_path, display, utc_now()).name == path.name
    path.write_bytes(b"changed")
    with pytest.raises(ModelChanged, match="删掉"):
        model_to_serve(store, tmp_path, tmp_path, display, utc_now())


def test_a_seal_lets_the_right_file_pass(tmp_path: Path) -> None:
    path = tmp_path / "m.tar.gz"
    path.write_bytes(b"model")
    require(path, sha256_of(path))
    require_unchanged(path, sha256_of(path))
    with pytest.raises(WrongModel, match="拒绝加载"):
        require(path, "0" * 64)


def ask(store: OpenUnitOfWork) -> int:
    with store() as unit:
        return unit.learning_jobs.add(new_job(JobKind.TRAIN, {}, by=None, now=utc_now()))


def state_of(store: OpenUnitOfWork, job_id: int) -> JobState:
    with store() as unit:
        job = unit.learning_jobs.get(job_id)
    assert job is not None
    return job.state


def job_keeper(
    store: OpenUnitOfWork, folder: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> JobKeeper:
    monkeypatch.setattr("bot.operations.job_keeper.LOOK_EVERY_S", 0.0)
    log = folder / "learning.log"
    return JobKeeper(store, folder, log, utc_now, lambda _job: (sys.executable, "-c", code))


def test_work_is_taken_up_one_at_a_time_and_an_early_end_is_a_failure(
    store: OpenUnitOfWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    supervisor = Supervisor([], tmp_path, tmp_path)
    keeper = job_keeper(store, tmp_path, "raise SystemExit(7)", monkeypatch)
    first, second = ask(store), ask(store)
    keeper.tick(supervisor)
    assert state_of(store, second) is JobState.QUEUED

    def ended() -> bool:
        keeper.tick(supervisor)
        return state_of(store, second) is JobState.FAILED

    wait_for(ended)
    with store() as unit:
        failed = unit.learning_jobs.get(first)
    assert failed is not None
    assert failed.error == "进程意外结束（7），见 var/log/learning.log"


def test_work_that_is_to_stop_is_ended(
    store: OpenUnitOfWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    supervisor = Supervisor([], tmp_path, tmp_path)
    keeper = job_keeper(store, tmp_path, SLEEP, monkeypatch)
    job_id = ask(store)
    keeper.tick(supervisor)
    with store() as unit:
        assert unit.learning_jobs.ask_to_stop(job_id)

    def ended() -> bool:
        keeper.tick(supervisor)
        return state_of(store, job_id) is JobState.STOPPED

    wait_for(ended)


def test_work_of_a_run_that_ended_is_a_failure_with_the_way_on(
    store: OpenUnitOfWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    supervisor = Supervisor([], tmp_path, tmp_path)
    keeper = job_keeper(store, tmp_path, SLEEP, monkeypatch)
    one = ask(store)
    keeper.tick(supervisor)
    keeper.stop()
    assert state_of(store, one) is JobState.FAILED

    two = ask(store)
    assert learning_jobs.take_next(store, utc_now()) is not None
    job_keeper(store, tmp_path, SLEEP, monkeypatch)  # killed before, started again
    assert state_of(store, two) is JobState.FAILED
    assert not learning_jobs.note_progress(store, two, "训练", 5)


def test_a_newer_wish_takes_the_place_of_an_older_one(store: OpenUnitOfWork) -> None:
    def model(name: str) -> KnownModel:
        return KnownModel(name, "c" * 64, BASE, utc_now())

    begin_with(store, model("first.tar.gz"), now=utc_now())
    with store() as unit:
        older = choose(unit, model("second.tar.gz"), by=None, reason="一", now=utc_now())
        choose(unit, model("third.tar.gz"), by=None, reason="二", now=utc_now())
        assert unit.models.get(older).state is ChoiceState.SUPERSEDED  # type: ignore[union-attr]
        assert new_choice(model("x"), ChoiceState.PAST, by=None, reason="", now=utc_now()).id == 0
