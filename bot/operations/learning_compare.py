"""Compare a new model with the one in use: figures, and the sentences whose intent changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.domain.conversations import Author
from bot.domain.reviews import masked_comment
from bot.operations.evaluate import figures_of, parse_texts, read_gold
from bot.operations.labelled_lines import IntentLine
from bot.operations.learning_train import Tell
from bot.operations.replay import replay
from bot.services.learning.replays import past_conversations
from bot.services.ports import OpenUnitOfWork
from bot.settings import Settings

OWN_SETS = "tests/nlu"
PATTERN = "*.jsonl"
NOT_INTENTS = frozenset({"situations.jsonl"})
PAST_CONVERSATIONS = 200
MOST_SENTENCES = 2000
MOST_DIFFERENCES = 100
Read = Callable[[Sequence[str], Path, Path], Sequence[Mapping[str, Any]]]
RANK = {"worse": 0, "unknown": 1, "other": 2, "better": 3}
"""What has become worse comes first, what nobody has labelled next."""


@dataclass(frozen=True)
class EvaluationSet:
    """Labelled lines of one file."""

    name: str
    lines: Sequence[IntentLine]


def evaluation_sets(settings: Settings, root: Path) -> Sequence[EvaluationSet]:
    """Return the sets of the folder in the settings, else the project's own where they are there.

    Raises:
        OperationFailed: A file is wrong; names file and line.
    """
    folder = Path(settings.evaluation_dir) if settings.evaluation_dir else root / OWN_SETS
    paths = [path for path in sorted(folder.glob(PATTERN)) if path.name not in NOT_INTENTS]
    domain = yaml.safe_load((root / "domain.yml").read_text(encoding="utf-8")) if paths else {}
    return [EvaluationSet(path.name, read_gold(path, domain)) for path in paths]


def said_before(unit_of_work: OpenUnitOfWork) -> Sequence[str]:
    """Return what people typed in the newest conversations and what was not understood, once."""
    with unit_of_work() as unit:
        texts = [one.text for one in unit.misunderstood.newest(MOST_SENTENCES)]
    for past in past_conversations(unit_of_work, limit=PAST_CONVERSATIONS):
        for turn in past.turns:
            is_typed = turn.message.payload is None and turn.message.author is Author.APPLICANT
            if is_typed and turn.message.text.strip():
                texts.append(masked_comment(turn.message.text))
    return list(dict.fromkeys(texts))[:MOST_SENTENCES]


def compare(
    unit_of_work: OpenUnitOfWork,
    settings: Settings,
    root: Path,
    *,
    old: Path,
    new: Path,
    replayed: int,
    tell: Tell,
    read: Read = parse_texts,
) -> dict[str, Any]:
    """Return figures of both models and what they read differently.

    Args:
        unit_of_work: Of the database with the past conversations.
        settings: Say where the evaluation sets are.
        root: The project folder.
        old: The model in use.
        new: The model that may take its place.
        replayed: How many past conversations are said again to the new one, 0 for none.
        tell: Takes the progress.
        read: Returns what a model makes of sentences.

    Raises:
        OperationFailed: A set is wrong, or a model does not run.
    """
    sets = evaluation_sets(settings, root)
    past = said_before(unit_of_work)
    texts = [line.text for one in sets for line in one.lines] + list(past)
    readings = []
    for number, model in enumerate((old, new)):
        tell(f"用 {model.name} 读 {len(texts)} 句", 50 * number)
        readings.append(read(texts, model, root) if texts else [])
    gold = [line.intent for one in sets for line in one.lines] + [""] * len(past)
    changed = changes(texts, gold, *readings)
    result = {
        "old": old.name,
        "new": new.name,
        "sets": _figures(sets, *readings),
        "changed": changed,
        "worse": sum(one["kind"] == "worse" for one in changed),
        "better": sum(one["kind"] == "better" for one in changed),
        "sentences_of_the_past": len(past),
        "replayed": None,
    }
    if replayed:
        tell(f"重放 {replayed} 段对话", None)
        result["replayed"] = replayed_anew(settings, new, replayed)
    return result


def replayed_anew(settings: Settings, model: Path, limit: int) -> dict[str, Any]:
    """Say past conversations to a model; the first differences stand beside the figures.

    What people wrote is masked as everywhere else where it is kept for learning.
    """
    found = replay(settings, model=model, limit=limit, is_report=True)
    ordered = sorted(found.pop("differences"), key=lambda one: "intent" not in one["changed"])
    found["differences"] = [
        {
            "text": masked_comment(one["text"]),
            "then": masked_comment(one["then"].get("reply") or ""),
            "now": masked_comment(one["now"].get("reply") or ""),
        }
        for one in ordered[:MOST_DIFFERENCES]
    ]
    return found


def changes(
    texts: Sequence[str],
    gold: Sequence[str],
    old: Sequence[Mapping[str, Any]],
    new: Sequence[Mapping[str, Any]],
) -> list[dict[str, str]]:
    """Return the sentences whose intent changed, those that became worse first.

    Args:
        texts: The sentences.
        gold: The right intents, "" where nobody knows.
        old: What the model in use makes of each.
        new: What the other one makes of each.
    """
    found = {}
    for text, right, before, after in zip(texts, gold, old, new, strict=True):
        one, other = str(before["intent"]), str(after["intent"])
        if one == other or text in found:
            continue
        kind = "unknown" if not right else "other"
        kind = "worse" if right == one else "better" if right == other else kind
        found[text] = {"text": text, "kind": kind, "gold": right, "old": one, "new": other}
    return sorted(found.values(), key=lambda one: RANK[one["kind"]])


def _figures(
    sets: Sequence[EvaluationSet],
    old: Sequence[Mapping[str, Any]],
    new: Sequence[Mapping[str, Any]],
) -> list[dict[str, Any]]:
    found, first = [], 0
    for one in sets:
        last = first + len(one.lines)
        found.append(
            {
                "name": one.name,
                "utterances": len(one.lines),
                "old": figures_of(one.lines, old[first:last]),
                "new": figures_of(one.lines, new[first:last]),
            }
        )
        first = last
    return found
