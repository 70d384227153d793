import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.operations.errors import DiskFull, OperationFailed, TrainingFailed
from bot.operations.train import _prepare_ahead, describe, prepare_matters, train
from bot.operations.training import (
    Progress,
    child_environment,
    ensure_model,
    rasa_command,
    read_progress,
)
from bot.store.catalogue.problems import CatalogueInvalid
from tests.operations.consoles import recording_display


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "data").mkdir(parents=True)
    (root / "config.yml").write_text("language: zh\n")
    (root / "domain.yml").write_text("intents: []\n")
    (root / "data" / "nlu.yml").write_text("version: '3.1'\nnlu: []\n")
    return root


def stand_in(code: str) -> Sequence[str]:
    return [sys.executable, "-c", code]


def writes_model(_root: Path, target: Path) -> Sequence[str]:
    return stand_in(f"open({str(target)!r}, 'w').write('model')")


def ignore(_progress: Progress) -> None:
    return


def test_a_missing_model_is_trained_once_and_then_found(project: Path, tmp_path: Path) -> None:
    first, was_trained = ensure_model(project, tmp_path / "var", ignore, train=writes_model)
    assert was_trained
    assert first.read_text() == "model"

    def must_not_run(_root: Path, _target: Path) -> Sequence[str]:
        raise AssertionError("trained again")

    again, was_trained = ensure_model(project, tmp_path / "var", ignore, train=must_not_run)
    assert (again, was_trained) == (first, False)


def test_what_is_wrong_with_the_catalogue_is_said_by_the_process_that_was_started(
    project: Path, tmp_path: Path
) -> None:
    _prepare_ahead(project, tmp_path / "var")
    display, _ = recording_display()
    with pytest.raises(CatalogueInvalid):
        prepare_matters(project, tmp_path / "var", display)


def test_changed_data_are_trained_anew(project: Path, tmp_path: Path) -> None:
    first, _ = ensure_model(project, tmp_path / "var", ignore, train=writes_model)
    (project / "data" / "nlu.yml").write_text("version: '3.1'\nnlu: [] # more\n")
    second, was_trained = ensure_model(project, tmp_path / "var", ignore, train=writes_model)
    assert was_trained
    assert second != first


def test_a_failed_training_leaves_no_model_and_names_its_log(project: Path, tmp_path: Path) -> None:
    def fails(_root: Path, target: Path) -> Sequence[str]:
        return stand_in(
            f"open({str(target)!r}, 'w').write('half'); print('why'); raise SystemExit(3)"
        )

    with pytest.raises(TrainingFailed, match=r"train\.log") as caught:
        ensure_model(project, tmp_path / "var", ignore, train=fails)
    assert "\n" not in str(caught.value)
    assert "why" in (tmp_path / "var" / "log" / "train.log").read_text()
    assert not list((project / "models").glob("*"))


def test_a_training_that_ends_well_without_a_model_is_a_failure(
    project: Path, tmp_path: Path
) -> None:
    with pytest.raises(TrainingFailed):
        ensure_model(project, tmp_path / "var", ignore, train=lambda *_: stand_in("pass"))


def test_a_full_disk_stops_before_the_training(project: Path, tmp_path: Path) -> None:
    with pytest.raises(DiskFull):
        ensure_model(project, tmp_path / "var", ignore, train=writes_model, needed_mb=10**12)


def test_missing_training_data_are_named(tmp_path: Path) -> None:
    with pytest.raises(OperationFailed, match=r"config\.yml"):
        ensure_model(tmp_path, tmp_path / "var", ignore)


def test_progress_is_read_from_the_end_of_rasas_log() -> None:
    log = (
        "INFO rasa.engine.training.hooks - Starting to train component 'CRFEntityExtractor'.\n"
        "INFO rasa.engine.training.hooks - Starting to train component 'DIETClassifier'.\n"
        "\rEpochs:   1%|          | 1/100 [00:02]\rEpochs:  34%|###       | 34/100 [00:40]"
    )
    assert read_progress(log) == ("DIETClassifier", 34)


def test_a_new_component_starts_without_a_percentage() -> None:
    log = "Epochs: 100%|###| 100/100\nStarting to train component 'RulePolicy'.\n"
    assert read_progress(log) == ("RulePolicy", None)


def test_an_empty_log_has_no_progress() -> None:
    assert read_progress("") == ("", None)


def test_a_second_train_command_says_that_a_model_fits(project: Path, tmp_path: Path) -> None:
    ensure_model(project, tmp_path / "var", ignore, train=writes_model)
    display, written = recording_display()
    train(project, tmp_path / "var", display)
    assert "a model fits the data" in written.getvalue()


def test_the_progress_line_names_component_percentage_and_time() -> None:
    line = describe(Progress("DIETClassifier", 34, 61.2))
    assert "DIETClassifier 34 %" in line
    assert "61 s" in line


def test_rasa_writes_the_model_under_the_name_that_is_looked_for(project: Path) -> None:
    command = rasa_command(project, project / "var" / "abc.tar.gz")
    assert command[command.index("--fixed-model-name") + 1] == "abc"
    assert command[command.index("--data") + 1] == str(project / "data" / "nlu.yml")


def test_children_compile_their_code_and_send_no_telemetry(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    environ = child_environment({"A": "b"})
    assert "PYTHONDONTWRITEBYTECODE" not in environ
    assert environ["RASA_TELEMETRY_ENABLED"] == "false"
    assert environ["A"] == "b"
