"""The wheel is installed into a fresh environment, and what lies there is a whole product."""

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from bot.operations.fingerprint import fingerprint
from bot.settings import ROOT
from tools.check_tracked_files import tracked_files
from tools.wheel import SHARED, build_wheel

pytestmark = [pytest.mark.long, pytest.mark.thorough]

MADE_AT_S = 1_764_000_000
PACKAGES = ("bot", "actions")

TRY = """
import bot
from bot.asgi import create_app
from bot.bootstrap import build
from bot.operations.findings import way
from bot.operations.fingerprint import fingerprint
from bot.settings import ROOT, Settings
from bot.store.migrate import upgrade
from starlette.testclient import TestClient
app = build(Settings(database_url="sqlite:///tried.db"))
upgrade(app.engine)
client = TestClient(create_app(app))
print(bot.__file__)
print(ROOT)
print(fingerprint(ROOT))
print(way("run"))
print([client.get(path).status_code for path in ("/", "/open/statistics", "/desk/login")])
"""
"""Migrates a database and asks for pages: what is read from files has to be there."""


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel; only what the lock names is lent from this one."""
    folder = tmp_path_factory.mktemp("wheel")
    wheel = build_wheel(sources(folder / "sources"), folder, MADE_AT_S)
    home = folder / "fresh"
    subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
    install = [home / "bin" / "python", "-m", "pip", "install", "--no-deps", "--no-index", wheel]
    subprocess.run(install, check=True, capture_output=True)
    lent = Path(sysconfig.get_path("purelib"))  # the project itself is not in it: it is editable
    (site,) = home.glob("lib/python*/site-packages")
    (site / "lent.pth").write_text(f"{lent}\n")
    return home


def sources(target: Path) -> Path:
    """Copy what is tracked, as a release unpacks its archive."""
    for name in tracked_files(ROOT):
        if name.parts[0] in {*PACKAGES, *SHARED, "pyproject.toml", "README.md", "LICENSE"}:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
    return target


def test_the_installed_command_starts_and_knows_its_commands(fresh: Path) -> None:
    done = subprocess.run(
        [fresh / "bin" / "xiaoer", "--help"], cwd=fresh, capture_output=True, text=True, check=True
    )
    assert {"run", "doctor", "demo", "new-city"} <= set(done.stdout.replace(",", " ").split())


def test_every_file_of_code_pages_and_data_is_installed(fresh: Path) -> None:
    (site,) = fresh.glob("lib/python*/site-packages")
    share = fresh / "share" / "xiaoer"
    missing = [
        str(name)
        for name in tracked_files(ROOT)
        if (name.parts[0] in PACKAGES and not (site / name).is_file())
        or (name.parts[0] in SHARED and not (share / name).is_file())
    ]
    assert missing == []


def test_pages_and_data_are_those_of_the_wheel_and_fit_the_same_model(fresh: Path) -> None:
    done = subprocess.run(
        [fresh / "bin" / "python", "-c", TRY], cwd=fresh, capture_output=True, text=True, check=True
    )
    code, root, known, start, answers = done.stdout.splitlines()[-5:]
    assert Path(code).is_relative_to(fresh)
    assert Path(root) == fresh / "share" / "xiaoer"
    assert known == fingerprint(ROOT)
    assert start == "xiaoer run", "there is no Makefile"
    assert answers == "[200, 200, 200]"
