"""Measure the sorting of letters: ours, a naive way, and what training on letters would give.

Usage: python -m bench.routing FILE.csv [--part test|dev]

FILE has the columns `segmented_text` and `category`. It is split by a fixed seed: the test part is
looked at last. Ours has learnt from `data/routing` only; the ceiling is trained on the dev part in
this run, and nothing of it is kept.
"""

import argparse
import csv
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import accuracy_score, f1_score
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from bot.services.tickets.routing_model import RoutingModel, squash
from bot.settings import ROOT
from bot.store.catalogue.loader import load_catalogue
from bot.store.routing_words import load_routing

SEED = 20261126
TEST_SHARE = 0.3

Letters = Sequence[tuple[str, str]]


def read(path: Path) -> tuple[Letters, Letters]:
    """Return the dev part and the test part, each a text and its category."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        letters = [(row["segmented_text"], row["category"]) for row in csv.DictReader(lines)]
    order = list(range(len(letters)))
    random.Random(SEED).shuffle(order)  # noqa: S311 - no secret
    size = round(len(letters) * TEST_SHARE)
    return [letters[at] for at in order[size:]], [letters[at] for at in order[:size]]


def row(name: str, letters: Letters, classify: Callable[[Sequence[str]], Sequence[str]]) -> None:
    """Print one line: accuracy, macro-F1, time of a letter."""
    gold = [category for _, category in letters]
    start = time.perf_counter()
    answers = classify([text for text, _ in letters])
    each = 1000 * (time.perf_counter() - start) / len(letters)
    accuracy = accuracy_score(gold, answers)
    macro = f1_score(gold, answers, average="macro")
    print(f"{name:<34} {len(letters):>5} {accuracy:>8.4f} {macro:>8.4f} {each:>8.2f} ms")


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--part", choices=["dev", "test"], default="dev")
    options = parser.parse_args()
    dev, test = read(options.file)
    letters = test if options.part == "test" else dev
    categories = load_routing(ROOT / "data/routing", load_catalogue(ROOT / "data/catalogue"))
    model = RoutingModel(categories)
    model.prepare()
    names = {one.name: [w for t in one.topics for w in t.words] for one in categories}

    def ours(texts: Sequence[str]) -> list[str]:
        return [model.rank(text)[0].category.name for text in texts]

    def naive(texts: Sequence[str]) -> list[str]:
        plain = [squash(text) for text in texts]
        return [max(names, key=lambda name: sum(w in one for w in names[name])) for one in plain]

    print(f"{'way':<34} {'texts':>5} {'accuracy':>8} {'macro-F1':>8}")
    row("ours, own sentences and words", letters, ours)
    row("naive: which list has most words", letters, naive)
    if options.part == "test":
        ceiling = make_pipeline(
            TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True),
            LinearSVC(C=0.5),
        )
        ceiling.fit([squash(text) for text, _ in dev], [category for _, category in dev])
        row(
            "ceiling: trained on the dev part",
            letters,
            lambda texts: list(ceiling.predict([squash(text) for text in texts])),
        )


if __name__ == "__main__":
    main()
