"""A model is known by all of our code that its components use."""

import re

from bot.operations.fingerprint import USED_BESIDE, model_inputs
from bot.settings import ROOT

WEIGHTS = {"meaning", "sentence_layers"}
"""Modules that have a fingerprint of their own (`bot.meaning.fingerprint`)."""

USE = re.compile(r"^\s*from bot\.(?!nlu\b|telemetry\b)(?P<module>[\w.]+) import", re.MULTILINE)


def test_every_module_that_components_use_counts() -> None:
    sources = [path for _, path in model_inputs(ROOT) if path.suffix == ".py"]
    used = {m["module"] for path in sources for m in USE.finditer(path.read_text(encoding="utf-8"))}
    known = {".".join(path.with_suffix("").parts) for path in USED_BESIDE}

    assert used - WEIGHTS == known
