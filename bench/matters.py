"""Measure how well a situation finds its matter: ours beside the match of names alone.

Usage: python -m bench.matters [FILE.jsonl] [--folds N] [--misses]

FILE holds lines {"text", "matter_id", "also": [...]}; by default the set written for this bench,
of which no text is learnt from. With --folds the hand-kept situations are split instead, and each
part is judged by a model that has not seen it; this is what the thresholds were set by.
"""

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bot.domain.catalogue import Catalogue
from bot.services.finding.lookup import Lookup
from bot.services.finding.matter_resolver import MatterResolver, Outcome
from bot.services.words.matter import MatterWords
from bot.settings import ROOT
from bot.store.catalogue.loader import load_catalogue
from bot.store.catalogue.synonyms import load_synonyms
from bot.store.matter_words import load_matter_words

HELD_APART = ROOT / "bench" / "matters.jsonl"
SEED = 7

Rank = Callable[[str], list[str]]


@dataclass(frozen=True)
class Case:
    """A text and the matters that are right for it."""

    text: str
    right: frozenset[str]


def read_cases(path: Path) -> list[Case]:
    """Read lines of `{"text", "matter_id", "also"}`."""
    entries = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [Case(e["text"], frozenset({e["matter_id"], *e.get("also", ())})) for e in entries]


def row(name: str, cases: list[Case], rank: Rank) -> str:
    """Return one line: found first, in the first three, and the time of a query."""
    seconds, answers = [], []
    for case in cases:
        start = time.perf_counter()
        answers.append(rank(case.text))
        seconds.append(time.perf_counter() - start)
    first = np.mean([bool(a) and a[0] in c.right for a, c in zip(answers, cases, strict=True)])
    three = np.mean([bool(c.right & set(a[:3])) for a, c in zip(answers, cases, strict=True)])
    p50, p95 = np.percentile(seconds, [50, 95]) * 1000
    return f"{name:<14} {len(cases):>5} {first:>7.3f} {three:>7.3f} {p50:>8.1f} {p95:>8.1f}"


def outcomes(cases: list[Case], resolver: MatterResolver) -> dict[str, list[bool]]:
    """Return for each outcome whether the right matter was among what was answered or offered."""
    found: dict[str, list[bool]] = {outcome.value: [] for outcome in Outcome}
    for case in cases:
        made = resolver.resolve(case.text)
        offered = {candidate.matter_id for candidate in made.candidates}
        found[made.outcome.value].append(bool(case.right & offered))
    return found


def show_outcomes(found: Mapping[str, list[bool]]) -> None:
    """Print how often each outcome came and how often it was right."""
    total = sum(map(len, found.values()))
    for name, right in found.items():
        share = len(right) / total
        held = f"{np.mean(right):.3f}" if right else "-"
        print(f"  {name:<7} {share:.3f} of all, right or among the choices {held}")


def unseen(words: MatterWords, folds: int) -> Iterator[tuple[list[Case], MatterWords]]:
    """Yield each part of the situations with the wording that lacks it; whole texts are split."""
    pairs = [(text, m) for m, texts in words.situations.items() for text in texts]
    random.Random(SEED).shuffle(pairs)  # noqa: S311 - no secret
    for fold in range(folds):
        part = pairs[fold::folds]
        hidden = {text for text, _ in part}
        kept = {m: tuple(t for t in v if t not in hidden) for m, v in words.situations.items()}
        off = words.off_topic
        seen = tuple(text for at, text in enumerate(off) if at % folds != fold)
        cases = [Case(text, frozenset({matter_id})) for text, matter_id in part]
        yield cases, replace(words, situations=kept, off_topic=seen)


def cross_validate(catalogue: Catalogue, words: MatterWords, folds: int) -> None:
    """Print the figures of unseen situations and of what points to no matter."""
    total: dict[str, list[bool]] = {outcome.value: [] for outcome in Outcome}
    refused = []
    for fold, (cases, known) in enumerate(unseen(words, folds)):
        resolver = MatterResolver(catalogue, known)
        resolver.prepare()
        print(row(f"unseen {fold}", cases, lambda t, r=resolver: [m for m, _ in r.rank_matters(t)]))
        for name, right in outcomes(cases, resolver).items():
            total[name] += right
        off = words.off_topic[fold::folds]
        refused += [resolver.resolve(text).outcome is not Outcome.SURE for text in off]
    show_outcomes(total)
    print(f"  off topic, not answered as a matter: {np.mean(refused):.3f} of {len(refused)}")


def main() -> None:
    """Parse the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=HELD_APART)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--misses", action="store_true", help="print what was not found first")
    options = parser.parse_args()
    catalogue = load_catalogue(ROOT / "data" / "catalogue")
    words = load_matter_words(ROOT / "data" / "matters")
    print(f"{'':<14} {'texts':>5} {'first':>7} {'three':>7} {'p50 ms':>8} {'p95 ms':>8}")
    if options.folds:
        cross_validate(catalogue, words, options.folds)
        return
    cases = read_cases(options.file)
    start = time.perf_counter()
    resolver = MatterResolver(catalogue, words)
    resolver.prepare()
    seconds = time.perf_counter() - start
    lookup = Lookup(catalogue, load_synonyms(ROOT / "data" / "lexicon" / "synonyms.yml"))
    lookup.find_matters("执照")
    print(row("names alone", cases, lambda text: [m.entry_id for m in lookup.find_matters(text)]))
    print(row("ours", cases, lambda text: [m for m, _ in resolver.rank_matters(text)]))
    show_outcomes(outcomes(cases, resolver))
    print(f"  training {seconds:.1f} s")
    if options.misses:
        for case in cases:
            found = resolver.rank(case.text)
            if found[0].matter_id not in case.right:
                guesses = [(candidate.matter_id, round(candidate.score, 2)) for candidate in found]
                print(f"{case.text} | {sorted(case.right)} -> {guesses}")


if __name__ == "__main__":
    main()
