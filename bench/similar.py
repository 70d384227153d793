"""Measure similar texts: group 120,000, compare a new one, beside comparing each with each.

Usage: python -m bench.similar [--texts N] [--naive N] [--letters FILE.csv]

The texts are made up: our own sentences of `data/routing` with places, firms and phrases put in
front and behind, each story told several times with characters left out or turned round. With
--letters the column `text` of a CSV is grouped as well (and nothing of it is kept).
"""

import argparse
import csv
import difflib
import random
import resource
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.services.finding.similar import SimilarIndex, TextReader
from bot.settings import ROOT
from bot.store.catalogue.loader import load_catalogue
from bot.store.routing_words import load_routing

SEED = 11
LIKENESS = 0.5
QUERIES = 200
TOLD = (1, 1, 1, 2, 3, 6)
"""How often a story is told."""

SYLLABLES = (
    "东西南北昌平安康文明振兴光华新元永福德仁义和顺泰丰盛金银龙凤柳杏松柏湖河山川海江城关庄桥"
)
KINDS = ("路", "街", "小区", "工业园", "村", "镇", "市场", "大厦")
OPENERS = (
    "您好，",
    "反映一下，",
    "尊敬的领导，",
    "",
    "",
    "我是做生意的，",
    "请帮帮我们，",
    "再次反映：",
)
CLOSERS = (
    "，希望尽快解决。",
    "，请给个答复。",
    "",
    "，多次反映没有人管。",
    "，损失很大。",
    "谢谢。",
)


def make_texts(count: int, sentences: Sequence[str], chance: random.Random) -> list[str]:
    """Return made-up texts; every story names its own place and firm."""
    texts: list[str] = []
    while len(texts) < count:
        place = "".join(chance.sample(SYLLABLES, 2)) + chance.choice(KINDS)
        firm = "".join(chance.sample(SYLLABLES, 3)) + "公司"
        core = "，".join(chance.sample(sentences, 2))
        for _ in range(chance.choice(TOLD)):
            story = f"{place}{firm}{core}{chance.randint(1, 400)}号"
            texts.append(_retell(story, chance))
    return texts[:count]


def _retell(story: str, chance: random.Random) -> str:
    signs = list(story)
    for _ in range(len(signs) // 15):
        at = chance.randrange(len(signs) - 1)
        if chance.random() < 0.5:  # noqa: PLR2004 - one of two
            signs.pop(at)
        else:
            signs[at], signs[at + 1] = signs[at + 1], signs[at]
    return chance.choice(OPENERS) + "".join(signs) + chance.choice(CLOSERS)


def group(reader: TextReader, texts: Sequence[str], name: str) -> SimilarIndex:
    """Group texts and print how long it took."""
    worked, start = time.process_time(), time.perf_counter()
    index = SimilarIndex(reader, texts)
    built = time.perf_counter()
    groups = index.groups(LIKENESS)
    done, worked = time.perf_counter(), time.process_time() - worked
    largest = max((len(one) for one in groups), default=0)
    print(
        f"{name}: {len(texts)} texts, index {built - start:.1f} s, groups {done - built:.1f} s "
        f"(processor {worked:.1f} s), "
        f"{len(groups)} groups of {sum(map(len, groups))} texts, largest {largest}"
    )
    return index


def compare(index: SimilarIndex, queries: Sequence[str]) -> None:
    """Print how long a new text takes."""
    seconds, work = [], []
    for text in queries:
        start, worked = time.perf_counter(), time.process_time()
        index.nearest(text, LIKENESS)
        seconds.append(time.perf_counter() - start)
        work.append(time.process_time() - worked)
    p50, p95, most = np.percentile(seconds, [50, 95, 100]) * 1000
    busy = np.percentile(work, 95) * 1000
    print(
        f"a new one: p50 {p50:.1f} ms, p95 {p95:.1f} ms, longest {most:.1f} ms "
        f"(p95 of processor time {busy:.1f} ms)"
    )


def naive(texts: Sequence[str]) -> None:
    """Compare each with each by `difflib`, the way one would begin."""
    start = time.perf_counter()
    pairs = 0
    for at, one in enumerate(texts):
        for other in texts[at + 1 :]:
            difflib.SequenceMatcher(None, one, other, autojunk=False).quick_ratio()
            pairs += 1
    seconds = time.perf_counter() - start
    per_pair = seconds / pairs
    print(
        f"naive, each with each: {len(texts)} texts {seconds:.1f} s; "
        f"120,000 would take {per_pair * 120_000**2 / 2 / 86400:.0f} days, "
        f"a new one {per_pair * 120_000 * 1000:.0f} ms"
    )


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=int, default=120_000)
    parser.add_argument("--naive", type=int, default=300)
    parser.add_argument("--letters", type=Path)
    options = parser.parse_args()
    categories = load_routing(ROOT / "data/routing", load_catalogue(ROOT / "data/catalogue"))
    sentences = [sentence for one in categories for sentence in one.sentences]
    chance = random.Random(SEED)  # noqa: S311 - no secret
    texts = make_texts(options.texts + QUERIES, sentences, chance)
    queries, texts = texts[:QUERIES], texts[QUERIES:]
    reader = TextReader(categories)
    index = group(reader, texts, "made up")
    compare(index, queries)
    if options.letters:
        with options.letters.open(encoding="utf-8-sig", newline="") as lines:
            letters = [row["text"] for row in csv.DictReader(lines)]
        compare(group(reader, letters, "letters"), letters[:QUERIES])
    naive(texts[: options.naive])
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
