"""`xiaoer evaluate`: run labelled messages through what is about to go into service.

Every function returns one JSON-able object of figures; shares are 0 to 1. With `is_report` the
mistakes are listed as well.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import yaml

from bot.operations.errors import OperationFailed
from bot.operations.labelled_lines import IntentLine, read_intents, read_matters
from bot.operations.training import child_environment
from bot.services.learning import scores
from bot.services.learning.scores import Understood

DIGITS = 4
PLACES = 3
"""Places of a ranking that applicants are shown as buttons."""


class Ranks(Protocol):
    """Ranks matters for a text."""

    def rank_matters(self, text: str, limit: int) -> Sequence[tuple[str, float]]:
        """Return ids and scores, best first."""


def evaluate_nlu(path: Path, model: Path, root: Path, *, is_report: bool) -> dict[str, Any]:
    """Return figures of intents and entities on labelled messages.

    A message that falls back counts as wrong. An entity is right when its name and its text are.

    Raises:
        OperationFailed: The file is wrong (names file and line), or the model does not run.
    """
    domain = yaml.safe_load((root / "domain.yml").read_text(encoding="utf-8"))
    gold_lines = read_gold(path, domain)
    parses = parse_texts([line.text for line in gold_lines], model, root)
    figures: dict[str, Any] = {
        "utterances": len(gold_lines),
        **figures_of(gold_lines, parses),
        **_milliseconds([parse["seconds"] for parse in parses], "parse"),
        "model": model.name,
    }
    if is_report:
        gold, answers = _understood_all(gold_lines), _answers(gold_lines, parses)
        labels, said = [g.intent for g in gold], [a.intent for a in answers]
        figures["f1_by_intent"] = scores.f1_by_intent(labels, said)
        figures["confusions"] = [asdict(c) for c in scores.confusions(gold, answers)]
        figures["entity_errors"] = _entity_errors(gold, answers)
    return _rounded(figures)


def read_gold(path: Path, domain: Mapping[str, Any]) -> Sequence[IntentLine]:
    """Read labelled messages; raises `OperationFailed` with file and line."""
    return read_intents(path, _names(domain["intents"]), _names(domain["entities"]))


def figures_of(lines: Sequence[IntentLine], parses: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the figures of what a model makes of labelled messages.

    Args:
        lines: With the right intents and entities.
        parses: As `parse_texts` returns them, one a line.
    """
    gold, answers = _understood_all(lines), _answers(lines, parses)
    labels, said = [g.intent for g in gold], [a.intent for a in answers]
    entity = scores.entity_score([g.entities for g in gold], [a.entities for a in answers])
    return _rounded(
        {
            "intent_accuracy": scores.accuracy(labels, said),
            "intent_macro_f1": scores.macro_f1(labels, said),
            "entity_precision": entity.precision,
            "entity_recall": entity.recall,
            "entity_f1": entity.f1,
            "out_of_scope_accepted": scores.false_accepts(labels, said),
            "in_scope_refused": scores.false_refusals(labels, said),
        }
    )


def _answers(lines: Sequence[IntentLine], parses: Sequence[Mapping[str, Any]]) -> list[Understood]:
    return [
        Understood(
            line.text, parse["intent"], tuple((e["entity"], e["value"]) for e in parse["entities"])
        )
        for line, parse in zip(lines, parses, strict=True)
    ]


def _understood_all(lines: Sequence[IntentLine]) -> list[Understood]:
    return [_understood(line) for line in lines]


def evaluate_matters(
    path: Path, resolver: Ranks, known: frozenset[str], *, is_report: bool
) -> dict[str, Any]:
    """Return how often the matter a situation points to came first, and in the first three.

    Raises:
        OperationFailed: The file is wrong; names file and line.
    """
    lines = read_matters(path, known)
    accepted = [frozenset({line.matter_id, *line.also}) for line in lines]
    ranked, seconds = [], []
    resolver.rank_matters(lines[0].text, PLACES)  # builds the indexes
    for line in lines:
        start = time.perf_counter()
        ranked.append([name for name, _ in resolver.rank_matters(line.text, PLACES)])
        seconds.append(time.perf_counter() - start)
    figures: dict[str, Any] = {
        "situations": len(lines),
        "first": scores.hits_within(accepted, ranked, 1),
        "first_three": scores.hits_within(accepted, ranked, PLACES),
        **_milliseconds(seconds, "rank"),
    }
    if is_report:
        figures["misses"] = [
            {"text": line.text, "matter_id": line.matter_id, "answered": names}
            for line, names, right in zip(lines, ranked, accepted, strict=True)
            if not names or names[0] not in right
        ]
    return _rounded(figures)


def parse_texts(texts: Sequence[str], model: Path, root: Path) -> list[dict[str, Any]]:
    """Return what a model makes of each text; see `bot.nlu.parse_lines`.

    Raises:
        OperationFailed: The model does not run.
    """
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        source.write_text(
            "".join(json.dumps(text, ensure_ascii=False) + "\n" for text in texts),
            encoding="utf-8",
        )
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", "bot.nlu.parse_lines", str(model), str(source), str(target)],
            cwd=root,
            env=child_environment({}),
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            last = done.stderr.strip().rpartition("\n")[2]
            raise OperationFailed(f"模型 {model.name} 跑不起来 (the model does not run): {last}")
        lines = target.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _names(entries: Sequence[Any]) -> frozenset[str]:
    # the domain writes an entry with options as a one-key mapping
    return frozenset(next(iter(e)) if isinstance(e, dict) else str(e) for e in entries)


def _understood(line: IntentLine) -> Understood:
    return Understood(line.text, line.intent, tuple((e.entity, e.value) for e in line.entities))


def _entity_errors(gold: Sequence[Understood], answers: Sequence[Understood]) -> list[Any]:
    found = []
    for right, said in zip(gold, answers, strict=True):
        missed, wrong = set(right.entities), set(said.entities)
        if missed != wrong:
            both = missed & wrong
            texts = [
                sorted(f"{name}: {value}" for name, value in s - both) for s in (missed, wrong)
            ]
            found.append({"text": right.text, "missed": texts[0], "wrong": texts[1]})
    return found


def _milliseconds(seconds: Sequence[float], name: str) -> dict[str, float]:
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    return {
        f"{name}_ms_p50": 1000 * statistics.median(ordered),
        f"{name}_ms_p95": 1000 * p95,
    }


def _rounded(figures: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _round(value) for key, value in figures.items()}


def _round(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DIGITS)
    return _rounded(value) if isinstance(value, dict) else value
