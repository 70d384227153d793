"""What a comparison says, and how a piece of work ends."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.bootstrap import utc_now
from bot.domain.errors import BotError
from bot.domain.model_life import ChoiceState, JobKind, JobState, LearningJob
from bot.nlu.model_seal import sha256_of
from bot.operations import learning_work
from bot.operations.errors import OperationFailed
from bot.operations.learning_compare import changes, compare, evaluation_sets, said_before
from bot.operations.learning_train import stage_of, trained_parts
from bot.operations.learning_work import Train, work
from bot.operations.training import Progress
from bot.services.learning import jobs as learning_jobs
from bot.services.learning.jobs import new_job
from bot.services.learning.model_choices import KnownModel, new_choice
from bot.services.ports import OpenUnitOfWork
from bot.settings import ROOT, Settings
from bot.store.unit_of_work import unit_of_work_factory
from tests.desk_cast import NOW
from tests.learning_factories import NEEDLE, not_understood

SETTINGS = Settings(data_dir=ROOT / "data")


@pytest.fixture
def store(sqlite_engine: Engine) -> OpenUnitOfWork:
    return unit_of_work_factory(sqlite_engine)


@pytest.fixture
def sets(tmp_path: Path) -> Settings:
    lines = [{"text": "刻章多少钱", "intent": "ask_fee"}, {"text": "在吗", "intent": "greet"}]
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (tmp_path / "ours.jsonl").write_text(text, encoding="utf-8")
    return Settings(data_dir=ROOT / "data", evaluation_dir=str(tmp_path))


def reads(**intents: str) -> Any:
    """Return what stands in for a model: it reads each sentence as it is told."""

    def parse(texts: list[str], model: Path, _root: Path) -> list[dict[str, Any]]:
        told = intents[model.name.split(".")[0]].split()
        return [{"intent": one, "entities": []} for one in told[: len(texts)]]

    return parse


def silent(_stage: str, _percent: int | None) -> None:
    """Take no notice of the progress."""


def test_what_became_worse_comes_first_and_the_same_sentence_once() -> None:
    texts = ["甲", "乙", "丙", "丁", "甲", "戊"]
    gold = ["ask_fee", "ask_fee", "ask_fee", "", "ask_fee", "ask_fee"]
    old = ["skip", "ask_fee", "skip", "skip", "skip", "skip"]
    new = ["ask_fee", "skip", "stop", "stop", "ask_fee", "skip"]
    found = changes(texts, gold, [{"intent": i} for i in old], [{"intent": i} for i in new])

    assert [(one["text"], one["kind"]) for one in found] == [
        ("乙", "worse"),
        ("丁", "unknown"),
        ("丙", "other"),
        ("甲", "better"),
    ]


def test_both_models_read_the_sets_and_what_was_said_before(
    store: OpenUnitOfWork, sets: Settings
) -> None:
    not_understood(store, NEEDLE[0], now=NOW)
    stand_in = reads(old="ask_fee greet nlu_fallback", new="ask_fee stop ask_procedure")
    old, new = Path("old.tar.gz"), Path("new.tar.gz")
    found = compare(store, sets, ROOT, old=old, new=new, replayed=0, tell=silent, read=stand_in)

    (figures,) = found["sets"]
    assert (figures["name"], figures["utterances"]) == ("ours.jsonl", 2)
    assert figures["old"]["intent_accuracy"] == 1.0
    assert figures["new"]["intent_accuracy"] == 0.5
    assert [one["text"] for one in found["changed"]] == ["在吗", NEEDLE[0]]
    assert (found["worse"], found["better"], found["sentences_of_the_past"]) == (1, 0, 1)


def test_numbers_of_past_messages_stay_masked(store: OpenUnitOfWork) -> None:
    not_understood(store, "我电话13800138000咋没人打", now=NOW)
    assert list(said_before(store)) == ["我电话＊＊＊咋没人打"]


def test_the_own_sets_are_used_where_they_are_there() -> None:
    names = [one.name for one in evaluation_sets(SETTINGS, ROOT)]
    assert "heldout7.jsonl" in names
    assert "situations.jsonl" not in names
    assert evaluation_sets(SETTINGS, ROOT / "docs") == []


def test_a_broken_set_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"text": "在吗", "intent": "bored"}', encoding="utf-8")
    with pytest.raises(OperationFailed, match=r"bad\.jsonl:1"):
        evaluation_sets(Settings(evaluation_dir=str(tmp_path)), ROOT)


@pytest.fixture
def running(store: OpenUnitOfWork) -> int:
    """A training that was taken up."""
    with store() as unit:
        job_id = unit.learning_jobs.add(new_job(JobKind.TRAIN, {}, by=None, now=NOW))
        unit.learning_jobs.start(job_id, NOW)
    return job_id


def job_of(store: OpenUnitOfWork, job_id: int) -> LearningJob:
    with store() as unit:
        job = unit.learning_jobs.get(job_id)
    assert job is not None
    return job


def do(store: OpenUnitOfWork, job_id: int, train: Train) -> bool:
    return work(store, SETTINGS, ROOT, job_id, clock=utc_now, train=train)


def test_a_failed_training_says_why(store: OpenUnitOfWork, running: int) -> None:
    def fails(*_: object) -> dict[str, Any]:
        raise BotError("磁盘满了")

    assert not do(store, running, fails)
    assert (job_of(store, running).state, job_of(store, running).error) == (
        JobState.FAILED,
        "磁盘满了",
    )
    assert not do(store, running, fails)  # it is over


def test_a_training_tells_its_stage_and_stops_when_it_is_asked_to(
    store: OpenUnitOfWork, running: int
) -> None:
    def trains(_store: object, _settings: object, _root: object, tell: Any) -> dict[str, Any]:
        tell("训练 SignTagger 5 秒", 40)
        assert (job_of(store, running).stage, job_of(store, running).percent) == (
            "训练 SignTagger 5 秒",
            40,
        )
        with store() as unit:
            unit.learning_jobs.ask_to_stop(running)
        tell("核对模型文件", None)
        raise AssertionError("went on")

    assert not do(store, running, trains)
    assert job_of(store, running).state is JobState.STOPPED


def test_a_model_whose_file_changed_is_not_compared(store: OpenUnitOfWork, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    for name in ("old.tar.gz", "new.tar.gz"):
        (folder / name).write_bytes(name.encode())
    base = "b" * 16
    known = KnownModel("old.tar.gz", sha256_of(folder / "old.tar.gz"), base, NOW)
    with store() as unit:
        unit.models.add(new_choice(known, ChoiceState.ACTIVE, by=None, reason="启动", now=NOW))
    made = {"model": "new.tar.gz", "sha256": "0" * 64, "base": base}
    learning_jobs.keep_done(store, JobKind.TRAIN, made, NOW)

    with pytest.raises(OperationFailed, match="校验和不符"):
        learning_work.compare_known(
            store, SETTINGS, tmp_path, name="new.tar.gz", replayed=0, tell=silent
        )
    with pytest.raises(OperationFailed, match="没有可以比较"):
        learning_work.compare_known(
            store, SETTINGS, tmp_path, name="other.tar.gz", replayed=0, tell=silent
        )


def test_a_stage_is_told_by_its_place_and_not_by_the_name_of_a_class() -> None:
    parts = trained_parts(ROOT)

    assert stage_of(Progress("", None, 1.0), parts) == "训练 准备中"
    assert stage_of(Progress(parts[1], None, 5.0), parts) == f"训练 第 2/{len(parts)} 步"
