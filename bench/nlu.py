"""Measure a trained NLU model on held-out utterances.

Usage: python -m bench.nlu MODEL.tar.gz [HELDOUT.yml] [--misses]

Prints accuracy (the fallback counts as wrong), macro F1 over intents, micro F1 over entities
(same stretch, same entity), how much out of scope was accepted as a service, how much within
scope was refused, and the time of a parse.
"""

import argparse
import asyncio
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML

FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"
_WARNING = 30  # the level of the standard library, which Rasa expects
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


def macro_f1(gold: list[str], answers: list[str]) -> float:
    """Return the mean F1 over the intents of `gold`, 0..1."""
    scores = []
    pairs = list(zip(gold, answers, strict=True))
    for intent in set(gold):
        hits = sum(g == a == intent for g, a in pairs)
        said = sum(a == intent for a in answers)
        there = sum(g == intent for g in gold)
        scores.append(2 * hits / (said + there))
    return float(np.mean(scores))


def entity_scores(
    gold: list[Utterance], answers: list[set[tuple[int, int, str]]]
) -> tuple[float, float, float]:
    """Return micro precision, recall and F1 of exact entities, 0..1."""
    hits = sum(len(g.entities & a) for g, a in zip(gold, answers, strict=True))
    said = sum(map(len, answers)) or 1
    there = sum(len(g.entities) for g in gold) or 1
    precision, recall = hits / said, hits / there
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


def report(gold: list[Utterance], parses: list[dict[str, Any]], seconds: list[float]) -> str:
    """Return the figures as lines of `name value`."""
    labels = [utterance.intent for utterance in gold]
    answers = [str(parse["intent"]["name"]) for parse in parses]
    found = [{(e["start"], e["end"], e["entity"]) for e in p["entities"]} for p in parses]
    pairs = list(zip(labels, answers, strict=True))
    inside = [answer for label, answer in pairs if label != OUT_OF_SCOPE]
    outside = [answer for label, answer in pairs if label == OUT_OF_SCOPE]
    refused = {FALLBACK, OUT_OF_SCOPE}
    precision, recall, f1 = entity_scores(gold, found)
    p50, p95 = np.percentile(seconds, [50, 95]) * 1000
    return "\n".join(
        [
            f"utterances               {len(gold)}",
            f"intent accuracy          {np.mean([g == a for g, a in pairs]):.3f}",
            f"intent macro F1          {macro_f1(labels, answers):.3f}",
            f"entity precision         {precision:.3f}",
            f"entity recall            {recall:.3f}",
            f"entity F1                {f1:.3f}",
            f"out of scope accepted    {np.mean([a not in refused for a in outside]):.3f}",
            f"in scope refused         {np.mean([a in refused for a in inside]):.3f}",
            f"parse p50 / p95 ms       {p50:.1f} / {p95:.1f}",
        ]
    )


async def _parse_all(model: str, texts: list[str]) -> tuple[list[dict[str, Any]], list[float]]:
    # These take seconds and are not needed to import this module.
    from rasa.core.agent import Agent  # noqa: PLC0415
    from rasa.utils.log_utils import configure_structlog  # noqa: PLC0415

    configure_structlog(_WARNING)
    agent = Agent.load(model)
    await agent.parse_message(texts[0])  # warms jieba
    parses, seconds = [], []
    for text in texts:
        start = time.perf_counter()
        parses.append(dict(await agent.parse_message(text)))
        seconds.append(time.perf_counter() - start)
    return parses, seconds


def main() -> None:
    """Parse the arguments, run the model, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("heldout", nargs="?", default="tests/nlu/heldout.yml")
    parser.add_argument("--misses", action="store_true", help="print what was misunderstood")
    options = parser.parse_args()
    gold = list(read_utterances(Path(options.heldout)))
    parses, seconds = asyncio.run(_parse_all(options.model, [u.text for u in gold]))
    if options.misses:
        for utterance, parse in zip(gold, parses, strict=True):
            answer = parse["intent"]
            if answer["name"] != utterance.intent:
                print(
                    f"{utterance.text} | {utterance.intent} -> {answer['name']} "
                    f"{answer['confidence']:.2f}",
                    [(r["name"], round(r["confidence"], 2)) for r in parse["intent_ranking"][:3]],
                )
            found = {(e["start"], e["end"], e["entity"]) for e in parse["entities"]}
            for start, end, entity in sorted(utterance.entities ^ found):
                sign = "+" if (start, end, entity) in found else "-"
                print(f"    {sign} {utterance.text[start:end]} {entity} | {utterance.text}")
    print(report(gold, parses, seconds))


if __name__ == "__main__":
    main()
