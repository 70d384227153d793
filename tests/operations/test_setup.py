"""The set-up script with stand-ins for `uv` and `df` found first on PATH."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.settings import ROOT

UV = """#!/bin/sh
echo "$*" >>"$CALLS"
case "$1 $2" in
"--version "*) exit 0 ;;
"venv "*) [ -n "$NO_PYTHON" ] && exit 2
    mkdir -p .venv/bin; ln -sf "$PYTHON_310" .venv/bin/python ;;
"pip sync") [ -n "$NO_NETWORK" ] && exit 1 ;;
"pip install") touch .venv/bin/xiaoer; chmod +x .venv/bin/xiaoer ;;
esac
exit 0
"""

DF = """#!/bin/sh
echo "Filesystem 1048576-blocks Used Available Capacity Mounted on"
echo "disk 100000 0 ${FREE_MB:-90000} 1% /"
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A fresh clone with the files that the set-up reads."""
    folder = tmp_path / "clone"
    (folder / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "tools" / "setup.sh", folder / "tools" / "setup.sh")
    (folder / "requirements.lock").write_text("rasa==3.6.21\n")
    (folder / "pyproject.toml").write_text("[project]\n")
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, content in {"uv": UV, "df": DF}.items():
        (programs / name).write_text(content)
        (programs / name).chmod(0o755)
    return folder


def set_up(clone: Path, **environ: str) -> "subprocess.CompletedProcess[str]":
    programs = clone.parent / "programs"
    return subprocess.run(
        [clone / "tools" / "setup.sh"],
        capture_output=True,
        text=True,
        check=False,
        env={
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(clone.parent),
            "CALLS": str(clone.parent / "calls"),
            "PYTHON_310": str(ROOT / ".venv" / "bin" / "python"),
            **environ,
        },
    )


def calls(clone: Path) -> list[str]:
    return (clone.parent / "calls").read_text().splitlines()


def failure(done: "subprocess.CompletedProcess[str]") -> str:
    assert done.returncode != 0
    lines = [line for line in done.stderr.splitlines() if "✗" in line]
    assert len(lines) == 1
    return lines[0]


@pytest.fixture
def has_python_310() -> None:
    if not (ROOT / ".venv" / "bin" / "python").exists():
        pytest.fail("run `make setup` first: this test borrows the interpreter of .venv")


@pytest.mark.usefixtures("has_python_310")
def test_a_fresh_clone_is_set_up_and_a_second_time_costs_nothing(clone: Path) -> None:
    first = set_up(clone)
    assert first.returncode == 0, first.stderr
    assert any(line.startswith("pip sync") for line in calls(clone))
    before = calls(clone)
    assert set_up(clone).returncode == 0
    assert calls(clone) == before


@pytest.mark.usefixtures("has_python_310")
def test_a_changed_lock_is_installed(clone: Path) -> None:
    set_up(clone)
    (clone / "requirements.lock").write_text("rasa==3.6.20\n")
    set_up(clone)
    assert sum(line.startswith("pip sync") for line in calls(clone)) == 2


@pytest.mark.usefixtures("has_python_310")
def test_a_changed_pyproject_installs_the_project_but_not_its_dependencies(clone: Path) -> None:
    set_up(clone)
    (clone / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    set_up(clone)
    assert sum(line.startswith("pip sync") for line in calls(clone)) == 1
    assert sum(line.startswith("pip install") for line in calls(clone)) == 2


def test_a_missing_python_is_one_clear_line(clone: Path) -> None:
    assert "Python 3.10" in failure(set_up(clone, NO_PYTHON="1"))


def test_a_full_disk_is_one_clear_line(clone: Path) -> None:
    line = failure(set_up(clone, FREE_MB="700"))
    assert "磁盘空间不足" in line
    assert "700 MB" in line


def test_a_missing_lock_is_one_clear_line(clone: Path) -> None:
    (clone / "requirements.lock").unlink()
    assert "requirements.lock" in failure(set_up(clone))


@pytest.mark.usefixtures("has_python_310")
def test_a_failed_installation_is_tried_again_next_time(clone: Path) -> None:
    assert "installing packages failed" in failure(set_up(clone, NO_NETWORK="1"))
    assert set_up(clone).returncode == 0
