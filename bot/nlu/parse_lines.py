"""Run a trained model over messages in a process of its own, for those who may not import Rasa.

Usage: python -m bot.nlu.parse_lines MODEL.tar.gz IN.jsonl OUT.jsonl

IN holds one JSON string a line. OUT gets one object a line, in the same order: `intent`,
`confidence`, `ranking` ([name, confidence] pairs, best first), `entities` (objects with `entity`,
`value`, `start`, `end`) and `seconds`.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.utils.log_utils import configure_structlog

_WARNING = 30  # the level of the standard library, which Rasa expects


async def parse_all(model: str, texts: Sequence[str]) -> list[dict[str, Any]]:
    """Return what the model makes of each text; the first parse, which loads jieba, is extra."""
    agent = Agent.load(model)
    await agent.parse_message("你好")
    found = []
    for text in texts:
        start = time.perf_counter()
        parse = await agent.parse_message(text)
        found.append({**_kept(dict(parse)), "seconds": time.perf_counter() - start})
    return found


def _kept(parse: dict[str, Any]) -> dict[str, Any]:
    names = ("entity", "value", "start", "end")
    return {
        "intent": parse["intent"]["name"],
        "confidence": parse["intent"]["confidence"],
        "ranking": [[r["name"], r["confidence"]] for r in parse["intent_ranking"]],
        "entities": [{name: entity[name] for name in names} for entity in parse["entities"]],
    }


def _lines(path: str) -> Iterator[str]:
    with Path(path).open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def main(model: str, source: str, target: str) -> None:
    """Parse the lines of `source` into `target`."""
    configure_structlog(_WARNING)
    parses = asyncio.run(parse_all(model, list(_lines(source))))
    with Path(target).open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(parse, ensure_ascii=False) + "\n" for parse in parses)


if __name__ == "__main__":
    main(*sys.argv[1:4])
