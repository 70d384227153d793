"""Reads `data/desk/learning.yml`, and which sentences the product already learns from."""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from ruamel.yaml import YAML

from bot.domain.learning import LessonKind, LessonState, MisreadReason
from bot.services.learning.lesson_examples import plain_text, squashed
from bot.services.learning.words import IntentWords, LearningWords
from bot.store.desk_texts import BadDeskFile
from bot.store.read_once import read_files_once, read_once

_INTENT = re.compile(r"^- intent:\s*(\w+)\s*$")
_EXAMPLE = re.compile(r"^\s+- (.+)$")


@read_files_once("desk/learning.yml")
def load_learning_words(data_dir: Path) -> LearningWords:
    """Read the words of learning; raises `BadDeskFile` when one is missing."""
    path = data_dir / "desk" / "learning.yml"
    try:
        content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        return LearningWords(
            intents={
                str(name): IntentWords(str(words["label"]), str(words["example"]))
                for name, words in content["intents"].items()
            },
            entities={str(name): str(label) for name, label in content["entities"].items()},
            reasons={one: str(content["reasons"][one.value]) for one in MisreadReason},
            kinds={one: str(content["kinds"][one.value]) for one in LessonKind},
            states={one: str(content["states"][one.value]) for one in LessonState},
            problems={str(name): str(text) for name, text in content["problems"].items()},
        )
    except (OSError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise BadDeskFile(f"{path.name}: {error!r}") from error


@read_once
def load_trained(data_dir: Path) -> Mapping[str, str]:
    """Return the intent of each sentence that the product learns from, by its squashed text.

    Reads `data/*/nlu.yml` line by line: a parser of YAML takes seconds for 19,000 lines.
    """
    found: dict[str, str] = {}
    for path in sorted(data_dir.glob("*/nlu.yml")):
        intent = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            opened = _INTENT.match(line)
            if opened:
                intent = opened[1]
                continue
            example = _EXAMPLE.match(line)
            if example and intent:
                found[squashed(plain_text(example[1]))] = intent
    return MappingProxyType(found)
