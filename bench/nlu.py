"""Measure a trained NLU model on held-out utterances.

Usage: python -m bench.nlu MODEL.tar.gz [HELDOUT.yml] [--misses]

For files in Rasa's own format; the figures are those of `xiaoer evaluate nlu`.
"""

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ruamel.yaml import YAML

from bot.operations.evaluate import evaluate_nlu
from bot.settings import ROOT

_ANNOTATION = re.compile(r"\[([^\]]+)\]\((\w+)\)")


@dataclass(frozen=True)
class Utterance:
    """A labelled message: text, intent and the set of (start, end, entity)."""

    text: str
    intent: str
    entities: frozenset[tuple[int, int, str]]


def parse_example(line: str, intent: str) -> Utterance:
    """Read one example with inline entities, `去[高新区](district)办`."""
    text, entities, position = "", set(), 0
    for match in _ANNOTATION.finditer(line):
        text += line[position : match.start()]
        entities.add((len(text), len(text) + len(match[1]), match[2]))
        text += match[1]
        position = match.end()
    return Utterance(text + line[position:], intent, frozenset(entities))


def read_utterances(path: Path) -> Iterator[Utterance]:
    """Yield the examples of a file in Rasa's NLU format."""
    for block in YAML(typ="safe").load(path)["nlu"]:
        for line in block["examples"].splitlines():
            yield parse_example(line.removeprefix("- "), block["intent"])


def json_line(utterance: Utterance) -> str:
    """Return an utterance as a line for `xiaoer evaluate nlu`."""
    spans = sorted(utterance.entities)
    entities = [{"entity": name, "value": utterance.text[a:b]} for a, b, name in spans]
    line: dict[str, Any] = {"text": utterance.text, "intent": utterance.intent}
    return json.dumps({**line, "entities": entities}, ensure_ascii=False)


def main() -> None:
    """Parse the arguments, run the model, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("heldout", nargs="?", type=Path, default=Path("tests/nlu/heldout.yml"))
    parser.add_argument("--misses", action="store_true", help="list what was misunderstood")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        lines = Path(folder) / "lines.jsonl"
        lines.write_text(
            "\n".join(map(json_line, read_utterances(options.heldout))), encoding="utf-8"
        )
        figures = evaluate_nlu(lines, options.model, ROOT, is_report=options.misses)
    print(json.dumps(figures, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
