"""A release by one command, in a small repository of its own."""

import json
import subprocess
import tarfile
import zipfile
from datetime import date
from pathlib import Path

import pytest

from bot.settings import ROOT
from tools import sbom
from tools.release import NotReleased, release

DAY = date(2026, 12, 1)
LOCK = "alpha==1.2 \\\n    --hash=sha256:00\n    # via x\nHttp_X[http2]==0.1.0 \\\n"
AUTHOR = ("-c", "user.name=t", "-c", "user.email=t@t.example")


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *AUTHOR, *arguments], cwd=root, check=True, capture_output=True, text=True
    )
    return done.stdout


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "t")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "t@t.example")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "0.1.0"\n')
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A\n")
    (tmp_path / "requirements.lock").write_text(LOCK)
    (tmp_path / ".gitignore").write_text("build/\n")
    (tmp_path / "deploy").mkdir()
    (tmp_path / "deploy" / "Containerfile").write_text("FROM scratch\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "First")
    return tmp_path


def test_a_release_is_numbered_tagged_archived_and_listed(repository: Path) -> None:
    made = {one.name: one for one in release(repository, "0.2.0", DAY)}
    assert 'version = "0.2.0"' in (repository / "pyproject.toml").read_text()
    assert (
        "## [Unreleased]\n\n## [0.2.0] - 2026-12-01\n" in (repository / "CHANGELOG.md").read_text()
    )
    assert git(repository, "tag").strip() == "v0.2.0"
    assert git(repository, "status", "--porcelain") == ""
    with tarfile.open(made["xiaoer-0.2.0.tar.gz"]) as archive:
        assert "xiaoer-0.2.0/pyproject.toml" in archive.getnames()
    assert len(made["SHA256SUMS"].read_text().splitlines()) == 6
    assert made["xiaoer-0.2.0.requirements.lock"].read_text() == LOCK
    assert made["xiaoer-0.2.0.Containerfile"].read_text() == "FROM scratch\n"
    with zipfile.ZipFile(made["x-0.2.0-py3-none-any.whl"]) as wheel:
        assert "x-0.2.0.data/data/share/xiaoer/deploy/Containerfile" in wheel.namelist()
    parts = json.loads(made["xiaoer-0.2.0.cdx.json"].read_text())["components"]
    assert [(one["name"], one["version"]) for one in parts] == [
        ("alpha", "1.2"),
        ("http-x", "0.1.0"),
    ]


@pytest.mark.parametrize("number", ["0.1.0", "0.0.9", "next", "1.0"])
def test_a_number_that_is_not_higher_changes_nothing(repository: Path, number: str) -> None:
    with pytest.raises(NotReleased):
        release(repository, number, DAY)
    assert git(repository, "status", "--porcelain") == ""
    assert git(repository, "tag") == ""


def test_a_tree_with_changes_and_a_silent_changelog_are_refused(repository: Path) -> None:
    (repository / "new.txt").write_text("x")
    with pytest.raises(NotReleased, match="changes"):
        release(repository, "0.2.0", DAY)
    (repository / "CHANGELOG.md").write_text("# Changelog\n\n## [Unreleased]\n")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "Second")
    with pytest.raises(NotReleased, match="says nothing"):
        release(repository, "0.2.0", DAY)


def test_the_bill_holds_everything_that_is_locked_and_knows_what_only_tests_need() -> None:
    lock = ROOT / "requirements.lock"
    made = sbom.bill("0.1.0", lock)
    assert made == sbom.bill("0.1.0", lock), "the same lock gives the same document"
    parts = {one["name"]: one["scope"] for one in made["components"]}  # type: ignore[attr-defined]
    assert set(parts) == set(sbom.locked(lock))
    assert (parts["rasa"], parts["starlette"]) == ("required", "required")
    assert (parts["pytest"], parts["ruff"]) == ("excluded", "excluded")


def test_the_notices_are_those_of_the_installed_distributions() -> None:
    assert sbom.main(["notices", "--check"]) == 0
