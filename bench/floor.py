"""The least that a turn can cost: tokenise, featurise, one matrix product, one commit.

Usage: python -m bench.floor [--json FILE]

With the parts of the trained model itself, on the messages of `bench.turns`, in this process and
without HTTP, dialogue or action. Prints the median processor time of each step, that of all that
the model does to a message, and wall time of a commit on this disk.
"""

import argparse
import json
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.turns import DIALOGUES
from bot.nlu import without_tensorflow
from bot.operations.training import ensure_model
from bot.settings import ROOT

ROUNDS = 5


def steps(model: Path, folder: Path) -> dict[str, Callable[[Any], object]]:
    """Return what is measured by name; each takes a message that the tokenizer has seen."""
    if not without_tensorflow.is_needed(model):
        without_tensorflow.leave_out()
    from rasa.core.channels.channel import UserMessage  # noqa: PLC0415 - behind the lever
    from rasa.core.processor import MessageProcessor  # noqa: PLC0415
    from rasa.shared.core.trackers import DialogueStateTracker  # noqa: PLC0415
    from rasa.shared.nlu.training_data.message import Message  # noqa: PLC0415

    from bot.nlu.calibration import softmax  # noqa: PLC0415
    from bot.nlu.classifier import NgramIntentClassifier  # noqa: PLC0415
    from bot.nlu.levers import graph  # noqa: PLC0415
    from bot.nlu.tokenizer import ChineseTokenizer  # noqa: PLC0415

    graph.LEVER.pull()
    nobody = DialogueStateTracker("nobody", [])
    processor = MessageProcessor(str(model), None, None, None)  # type: ignore[arg-type]
    nodes = processor.graph_runner._instantiated_nodes.values()  # type: ignore[attr-defined]  # noqa: SLF001
    parts = [node._component for node in nodes]  # noqa: SLF001
    tokenizer = next(one for one in parts if isinstance(one, ChineseTokenizer))
    classifier = next(one for one in parts if isinstance(one, NgramIntentClassifier))
    base = classifier._weights, classifier._bias  # noqa: SLF001
    database = sqlite3.connect(folder / "floor.db")
    database.executescript(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE said (line TEXT)"
    )

    def tokens(text: str) -> Message:
        message = Message({"text": text})
        tokenizer.process([message])
        return message

    def featurised(text: str) -> Any:
        counts = classifier._counts(tokens(text))  # noqa: SLF001
        return classifier._vocabulary.vector(counts)  # noqa: SLF001

    def product(text: str) -> Any:
        columns, weights = featurised(text)
        return softmax(base[1] + weights @ base[0][columns].astype("float32"))

    def committed(text: str) -> None:
        with closing(database.cursor()) as cursor:
            cursor.execute("INSERT INTO said VALUES (?)", (text,))
        database.commit()

    def floor(text: str) -> None:
        product(text)
        committed(text)

    def understood(text: str) -> Any:
        return processor._parse_message_with_graph(UserMessage(text), nobody)  # noqa: SLF001

    return {
        "tokenise": tokens,
        "and featurise": featurised,
        "and one matrix product": product,
        "one commit": committed,
        "the floor: all of these": floor,
        "the model's whole understanding": understood,
    }


def medians(work: Callable[[str], object], texts: Sequence[str]) -> tuple[float, float]:
    """Return median processor ms and wall ms of a call."""
    processor, wall = [], []
    for text in [*texts, *(text for _ in range(ROUNDS) for text in texts)]:
        began, spent = time.perf_counter(), time.process_time()
        work(text)
        processor.append((time.process_time() - spent) * 1000)
        wall.append((time.perf_counter() - began) * 1000)
    warm = slice(len(texts), None)
    return statistics.median(processor[warm]), statistics.median(wall[warm])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="file for the figures")
    options = parser.parse_args()
    model, _ = ensure_model(ROOT, ROOT / "var", lambda _: None)
    texts = [text for dialogue in DIALOGUES for text in dialogue if not text.startswith("/")]
    load = os.getloadavg()[0]
    print(f"load before: {load:.1f} on {os.cpu_count()} cores; {len(texts)} messages")
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, work in steps(model, Path(folder)).items():
            found[name] = medians(work, texts)
            print(f"{name:34} processor {found[name][0]:6.3f} ms   wall {found[name][1]:7.3f} ms")
    if options.json:
        options.json.write_text(json.dumps({"load": load, **found}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
