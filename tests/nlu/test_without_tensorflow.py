"""Rasa starts without TensorFlow; whoever wants to compute with it is told so."""

import io
import json
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from bot.nlu.lever_setting import ALL, NONE, SETTING
from bot.nlu.serve import can_do_without_tensorflow
from bot.nlu.without_tensorflow import model_in
from bot.settings import ROOT

START = """
from bot.nlu import without_tensorflow
without_tensorflow.leave_out()
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", START + code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def model(folder: Path, *components: str) -> Path:
    path = folder / "model.tar.gz"
    content = json.dumps({"nodes": list(components)}).encode()
    with tarfile.open(path, "w:gz") as archive:
        entry = tarfile.TarInfo("metadata.json")
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return path


def test_everything_that_serves_is_imported_without_it() -> None:
    done = run(
        "import rasa.__main__, rasa.core.run, rasa.core.agent, rasa.server\n"
        "import rasa.engine.recipes.default_recipe, sys\n"
        "print(hasattr(sys.modules['tensorflow'], '__file__'))"
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1] == "False"


@pytest.mark.parametrize(
    "use",
    [
        "def compute():\n    import tensorflow as tf\n    return tf.constant([1])\ncompute()",
        (
            "import tensorflow as tf\n"
            "class Layer(tf.keras.layers.Layer):\n    pass\n"
            "def build():\n    return Layer()\nbuild()"
        ),
    ],
)
def test_computing_with_it_is_an_error_that_names_the_remedy(use: str) -> None:
    done = run(use)

    assert done.returncode != 0
    assert f"take without_tensorflow out of {SETTING}" in done.stderr


def test_a_model_with_a_part_that_needs_it_gets_it(tmp_path: Path) -> None:
    plain = ["run", "--model", str(model(tmp_path, "bot.nlu.classifier.NgramIntentClassifier"))]
    assert can_do_without_tensorflow(plain, {})
    assert can_do_without_tensorflow(plain, {SETTING: ALL})
    assert not can_do_without_tensorflow(plain, {SETTING: NONE})
    assert can_do_without_tensorflow(plain, {SETTING: "graph, without_tensorflow"})

    model(tmp_path, "rasa.nlu.classifiers.diet_classifier.DIETClassifier")
    assert not can_do_without_tensorflow(plain, {})


def test_without_a_known_model_nothing_is_left_out(tmp_path: Path) -> None:
    assert model_in(["run", "--enable-api"]) is None
    assert not can_do_without_tensorflow(["run", "--model", str(tmp_path / "none.tar.gz")], {})
