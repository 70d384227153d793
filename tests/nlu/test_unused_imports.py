"""Rasa starts without the clients of channels and stores that nobody has set up."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.nlu.unused_imports import NEEDED_FOR, unused
from bot.settings import ROOT
from tests.nlu.test_without_tensorflow import model

START = f"""
from bot.nlu import unused_imports, without_tensorflow
without_tensorflow.leave_out()
unused_imports.leave_out({sorted(NEEDED_FOR)!r})
"""


def arguments(
    folder: Path, component: str, credentials: str = "", endpoints: str = ""
) -> list[str]:
    (folder / "credentials.yml").write_text(credentials, encoding="utf-8")
    (folder / "endpoints.yml").write_text(endpoints, encoding="utf-8")
    return [
        *("run", "--model", str(model(folder, component))),
        *("--credentials", str(folder / "credentials.yml")),
        *("--endpoints", str(folder / "endpoints.yml")),
    ]


def test_everything_that_serves_is_imported_without_them() -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-W", "ignore", "-c"),
            START + "import rasa.__main__, rasa.core.run, rasa.core.agent, rasa.server\n"
            "import rasa.core.channels, bot.nlu.classifier, sys\n"
            f"print([n for n in {sorted(NEEDED_FOR)!r} if hasattr(sys.modules.get(n), '__file__')])"
            "\ndef draw():\n    import matplotlib.pyplot as plt\n    plt.figure()\ndraw()",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.split()[-1] == "[]"
    assert "take unused_imports out of XIAOER_RASA_LEVERS" in done.stderr


def test_our_own_model_and_settings_use_none_of_them(tmp_path: Path) -> None:
    ours = arguments(
        tmp_path,
        "bot.nlu.classifier.NgramIntentClassifier",
        (ROOT / "credentials.yml").read_text(encoding="utf-8"),
        (ROOT / "endpoints.yml").read_text(encoding="utf-8"),
    )

    assert unused(ours) == set(NEEDED_FOR)


@pytest.mark.parametrize(
    ("component", "credentials", "endpoints", "kept"),
    [
        ("rasa.nlu.CRFEntityExtractor", "", "", {"sklearn"}),
        ("any", "telegram:\n  access_token: x\n", "", {"aiogram"}),
        ("any", "", "tracker_store:\n  type: mongod\n", {"pymongo"}),
        ("any", "", "tracker_store:\n  type: dynamo\n", {"boto3", "botocore", "s3transfer"}),
    ],
)
def test_what_the_model_or_the_settings_speak_of_stays(
    tmp_path: Path, component: str, credentials: str, endpoints: str, kept: set[str]
) -> None:
    given = arguments(tmp_path, component, credentials, endpoints)

    assert set(NEEDED_FOR) - unused(given) == kept


def test_a_model_from_elsewhere_keeps_what_fetches_it(tmp_path: Path) -> None:
    given = [*arguments(tmp_path, "any"), "--remote-storage", "aws"]

    assert "boto3" not in unused(given)


def test_without_a_known_model_all_is_imported() -> None:
    assert unused(["run", "--enable-api"]) == frozenset()
