"""A hub takes into memory what it uses: no library of a channel that is off."""

import subprocess
import sys

from bot.settings import ROOT

HEAVY = (
    *("telegram", "wechatpy", "openpyxl", "pypinyin", "matplotlib", "sklearn", "rasa"),
    *("alembic", "authlib", "requests", "pika"),
)
CODE = f"""
import sys, tempfile
from pathlib import Path
from bot.asgi import create_app
from bot.bootstrap import build
from bot.settings import Settings
with tempfile.TemporaryDirectory() as folder:
    url = f"sqlite:///{{folder}}/hub.db"
    create_app(build(Settings(database_url=url, state_dir=Path(folder), testing=True)))
print([name for name in {HEAVY!r} if name in sys.modules])
"""


def test_a_hub_without_platforms_imports_none_of_their_libraries() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CODE],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.split("\n")[-2:] == ["[]", ""], done.stderr
