from pathlib import Path

import pytest

from bot.operations.fingerprint import (
    fingerprint,
    library_versions,
    model_path,
    training_files,
)

VERSIONS = {"rasa": "3.6.21"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A tiny project with one file of every kind."""
    files = {
        "config.yml": "language: zh\n",
        "domain.yml": "intents: []\n",
        "data/greet/nlu.yml": "version: '3.1'\nnlu:\n- intent: greet\n",
        "data/rules.yml": "version: '3.1'\nrules: []\n",
        "data/catalogue/matters.yml": "matters:\n- id: food\n",
        "data/seed/slots.yml": "rules: []  # not Rasa's\n",
        "data/lexicon/matters.txt": "食品经营许可证 9 n\n",
        "bot/nlu/tokens.py": "A = 1\n",
        "bot/nlu/hub_channel.py": "C = 1\n",
        "bot/hub/router.py": "B = 1\n",
    }
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path


def test_the_same_data_have_the_same_fingerprint(project: Path) -> None:
    assert fingerprint(project, VERSIONS) == fingerprint(project, VERSIONS)


@pytest.mark.parametrize(
    "name",
    [
        "config.yml",
        "domain.yml",
        "data/greet/nlu.yml",
        "data/rules.yml",
        "data/lexicon/matters.txt",
        "bot/nlu/tokens.py",
    ],
)
def test_a_change_in_what_the_model_learns_from_changes_the_fingerprint(
    project: Path, name: str
) -> None:
    before = fingerprint(project, VERSIONS)
    path = project / name
    path.write_text(path.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
    assert fingerprint(project, VERSIONS) != before


@pytest.mark.parametrize(
    "name",
    [
        "data/catalogue/matters.yml",
        "data/seed/slots.yml",
        "bot/hub/router.py",
        "bot/nlu/hub_channel.py",
    ],
)
def test_a_change_elsewhere_costs_no_training(project: Path, name: str) -> None:
    before = fingerprint(project, VERSIONS)
    path = project / name
    path.write_text(path.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
    assert fingerprint(project, VERSIONS) == before


def test_a_renamed_file_changes_the_fingerprint(project: Path) -> None:
    before = fingerprint(project, VERSIONS)
    (project / "data/greet").rename(project / "data/hello")
    assert fingerprint(project, VERSIONS) != before


def test_another_version_of_rasa_changes_the_fingerprint(project: Path) -> None:
    assert fingerprint(project, {"rasa": "3.6.20"}) != fingerprint(project, VERSIONS)


def test_the_installed_versions_are_known() -> None:
    assert library_versions()["rasa"] == "3.6.21"


def test_rasa_is_given_training_data_only(project: Path) -> None:
    names = [str(path.relative_to(project / "data")) for path in training_files(project)]
    assert names == ["greet/nlu.yml", "rules.yml"]


def test_the_model_is_named_after_the_fingerprint(project: Path) -> None:
    assert model_path(project) == project / "models" / f"{fingerprint(project)}.tar.gz"
