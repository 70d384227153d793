"""`xiaoer routing` and `xiaoer evaluate routing`: measure, take out what was decided, learn it."""

import json
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.bootstrap import build, build_router
from bot.operations.errors import OperationFailed
from bot.operations.labelled_lines import read_routing
from bot.operations.prepare import current_database
from bot.services.learning import scores
from bot.services.tickets.hot_watch import HotWatch, Swept, sweep_hot
from bot.services.tickets.routing import SURE
from bot.services.tickets.routing_decisions import DecidedText, decided_texts
from bot.services.tickets.routing_model import RoutingModel
from bot.settings import Settings
from bot.store.catalogue.loader import load_catalogue
from bot.store.routing_words import (
    REVIEWED_FILE,
    load_reviewed,
    load_routing,
    parse_reviewed,
    save_reviewed,
)

DIGITS = 4
MOST_MISSES = 200


def current_model(settings: Settings) -> RoutingModel:
    """Return the classifier that the hub and the actions use.

    Raises:
        BadRoutingData: A file of `data/routing`, or of reviewed decisions, is broken.
    """
    return build_router(settings, load_catalogue(settings.data_dir / "catalogue")).model


def evaluate_routing(path: Path, model: RoutingModel, *, is_report: bool) -> dict[str, Any]:
    """Return how often the likeliest category was right, and how right the sure ones were.

    Raises:
        OperationFailed: The file is wrong; names file and line.
    """
    lines = read_routing(path, {one.name for one in model.categories})
    model.prepare()
    answers, shares, seconds = [], [], []
    for line in lines:
        start = time.perf_counter()
        best = model.rank(line.text)[0]
        seconds.append(time.perf_counter() - start)
        answers.append(best.category.name)
        shares.append(best.share)
    gold = [line.category for line in lines]
    is_right = [right == said for right, said in zip(gold, answers, strict=True)]
    sure = [right for right, share in zip(is_right, shares, strict=True) if share >= SURE]
    figures: dict[str, Any] = {
        "texts": len(lines),
        "accuracy": round(scores.accuracy(gold, answers), DIGITS),
        "macro_f1": round(scores.macro_f1(gold, answers), DIGITS),
        "sure": round(len(sure) / len(lines), DIGITS),
        "sure_accuracy": round(sum(sure) / len(sure), DIGITS) if sure else None,
        "classify_ms_p50": round(1000 * statistics.median(seconds), DIGITS),
    }
    if is_report:
        figures |= _report([line.text for line in lines], gold, answers, shares)
    return figures


def _report(
    texts: Sequence[str], gold: Sequence[str], answers: Sequence[str], shares: Sequence[float]
) -> dict[str, Any]:
    misses = [
        {"text": text, "category": right, "answered": said, "confidence": round(share, DIGITS)}
        for text, right, said, share in zip(texts, gold, answers, shares, strict=True)
        if right != said
    ]
    bands: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for right, said, share in zip(gold, answers, shares, strict=True):
        bands[min(int(share * 10), 9)].append((share, right == said))
    calibration = [
        {
            "texts": len(found),
            "confidence": round(statistics.mean(share for share, _ in found), DIGITS),
            "right": round(statistics.mean(hit for _, hit in found), DIGITS),
        }
        for _, found in sorted(bands.items())
    ]
    confusions = Counter((one["category"], one["answered"]) for one in misses).most_common()
    return {
        "f1_by_category": {
            name: round(value, DIGITS)
            for name, value in scores.f1_by_intent(list(gold), list(answers)).items()
        },
        "confusions": [[right, said, count] for (right, said), count in confusions],
        "calibration": calibration,
        "misses": misses[:MOST_MISSES],
    }


def sweep(settings: Settings, now: datetime) -> Swept:
    """Look for hot issues once; harmless beside a running hub."""
    app = build(settings)
    with current_database(settings) as unit_of_work:
        return sweep_hot(HotWatch(unit_of_work, app.hot_rules, app.router), now=now)


def export_decisions(
    settings: Settings, path: Path, now: datetime, *, only_corrections: bool
) -> int:
    """Write what dispatchers decided as JSON Lines for a person to review; returns how many.

    The file holds what businesses wrote: it is readable by its owner only.
    """
    router = build_router(settings, load_catalogue(settings.data_dir / "catalogue"))
    with current_database(settings) as unit_of_work:
        found = decided_texts(unit_of_work, router, only_corrections=only_corrections)
    path.touch(mode=0o600)
    path.chmod(0o600)
    lines = [json.dumps(_line(one, now), ensure_ascii=False) + "\n" for one in found]
    path.write_text("".join(lines), encoding="utf-8")
    return len(found)


def _line(one: DecidedText, now: datetime) -> dict[str, Any]:
    return {
        "text": one.text,
        "category": one.category,
        "department": one.decision.decided_id,
        "proposed": one.decision.proposed_id,
        "number": one.decision.subject,
        "exported_at": now.isoformat(),
    }


def learn_reviewed(settings: Settings, path: Path, models: Path) -> int:
    """Take reviewed lines over and train anew; returns how many are known now.

    A text that was taken over before is replaced. Running processes use it after their next start.

    Args:
        settings: Where the data and the lines known so far are.
        path: The reviewed lines.
        models: Where the trained model is kept.

    Raises:
        BadRoutingData: A line is broken; nothing is taken over.
        OperationFailed: A line names an unknown category or department; likewise.
    """
    catalogue = load_catalogue(settings.data_dir / "catalogue")
    categories = load_routing(settings.data_dir / "routing", catalogue)
    fresh = parse_reviewed(path)
    known = {one.name for one in categories}
    for one in fresh:
        if one.category not in known or one.department_id not in catalogue.departments:
            raise OperationFailed(
                f"{path}: 没有这个类别或部门 (unknown category or department): "
                f"{one.category} / {one.department_id}"
            )
    target = settings.state_dir / REVIEWED_FILE
    merged = {one.text: one for one in (*load_reviewed(target), *fresh)}
    reviewed = tuple(merged.values())
    RoutingModel(categories, reviewed, models).prepare()
    save_reviewed(target, reviewed)
    return len(reviewed)
