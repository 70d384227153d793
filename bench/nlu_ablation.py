"""Compare ways of understanding: stock Rasa beside ours, and ours with one part left out at a time.

Usage: python -m bench.nlu_ablation HELDOUT.jsonl... [--only NAME...] [--examples N] [--epochs N]

Every way learns from the same examples (all of `data/*/nlu.yml`, or the same N of them drawn evenly
from all intents) and answers the same held-out lines (`xiaoer evaluate nlu` reads them too). Prints
a Markdown table: figures, wall time and peak memory of the training, size of the model, time of a
parse. Rasa's own output goes to a log file.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from bench.nlu import Utterance, read_utterances
from bot.operations.evaluate import evaluate_nlu
from bot.operations.training import child_environment
from bot.settings import ROOT

Pipeline = list[dict[str, Any]]
KB = 1024
COLUMNS = ("intent_accuracy", "intent_macro_f1", "entity_f1", "out_of_scope_accepted")


def stock(epochs: int, layers: int) -> Pipeline:
    """Return the pipeline that Rasa's documentation gives for Chinese: jieba and DIET."""
    return [
        {"name": "JiebaTokenizer"},
        {"name": "RegexFeaturizer", "use_word_boundaries": False},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer", "token_pattern": r"(?u)\S+"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {
            "name": "DIETClassifier",
            "epochs": epochs,
            "constrain_similarities": True,
            "number_of_transformer_layers": layers,
            "random_seed": 7,
        },
        {"name": "EntitySynonymMapper"},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ]


def ours(**changes: Any) -> Pipeline:
    """Return the pipeline of `config.yml`, its classifier with other settings."""
    pipeline: Pipeline = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))[
        "pipeline"
    ]
    return [
        {**step, **changes} if step["name"].endswith("NgramIntentClassifier") else step
        for step in pipeline
    ]


def ways(epochs: int) -> Mapping[str, Pipeline]:
    """Return what is compared, by name."""
    return {
        f"stock, DIET, {epochs} epochs": stock(epochs, 2),
        f"stock, DIET without layers, {epochs} epochs": stock(epochs, 0),
        "ours": ours(),
        "ours without meaning": ours(meaning_folder=None),
        "ours without concepts": ours(views=["c", "e", "p"]),
        "ours without sounds": ours(views=["c", "e", "k"]),
        "ours without entity signs": ours(views=["c", "k", "p"]),
        "characters alone": ours(views=["c"], meaning_folder=None),
    }


@dataclass(frozen=True)
class Trained:
    """A model and what it cost; `peak_mb` is the largest resident size of the training."""

    model: Path
    seconds: float
    peak_mb: float


def train(pipeline: Pipeline, data: Path, folder: Path) -> Trained:
    """Train the understanding part of a model in a process of its own."""
    config = folder / "config.yml"
    config.write_text(
        yaml.safe_dump(
            {"recipe": "default.v1", "language": "zh", "assistant_id": "x", "pipeline": pipeline}
        ),
        encoding="utf-8",
    )
    command = (
        *(sys.executable, "-m", "rasa", "train", "nlu", "--config", str(config)),
        *("--nlu", str(data), "--out", str(folder), "--fixed-model-name", "model"),
    )
    began = time.monotonic()
    with (folder / "train.log").open("wb") as log:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter with fixed arguments
            command, cwd=ROOT, env=child_environment(), stdout=log, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        raise SystemExit(f"the training failed: {(folder / 'train.log').read_text()[-2000:]}")
    return Trained(folder / "model.tar.gz", time.monotonic() - began, _megabytes(usage))


def _megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / KB


def training_examples(count: int | None) -> list[Utterance]:
    """Return the examples of the project, or `count` of them with every intent in its share."""
    found = [u for path in sorted((ROOT / "data").glob("*/nlu.yml")) for u in read_utterances(path)]
    if count is None or count >= len(found):
        return found
    random.Random(7).shuffle(found)  # noqa: S311 - a repeatable draw, no secret
    found.sort(key=lambda u: u.intent)  # stable: every n-th is drawn evenly from all intents
    return found[:: max(1, len(found) // count)]


def write_nlu(examples: Sequence[Utterance], path: Path) -> None:
    """Write examples in Rasa's format."""
    blocks: dict[str, list[str]] = {}
    for utterance in examples:
        blocks.setdefault(utterance.intent, []).append(f"- {annotated(utterance)}\n")
    nlu = [{"intent": name, "examples": "".join(lines)} for name, lines in sorted(blocks.items())]
    path.write_text(
        yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True, width=10_000),
        encoding="utf-8",
    )


def annotated(utterance: Utterance) -> str:
    """Return the text with its entities inline, `去[高新区](district)办`."""
    text, position = "", 0
    for start, end, entity in sorted(utterance.entities):
        text += f"{utterance.text[position:start]}[{utterance.text[start:end]}]({entity})"
        position = end
    return text + utterance.text[position:]


def rows(options: argparse.Namespace) -> Iterator[str]:
    """Train and measure one way after the other; yield the rows of the table."""
    with TemporaryDirectory() as name:
        data = Path(name) / "nlu.yml"
        write_nlu(training_examples(options.examples), data)
        for way, pipeline in ways(options.epochs).items():
            if options.only and way not in options.only:
                continue
            folder = Path(name) / way.replace(" ", "-").replace(",", "")
            folder.mkdir()
            trained = train(pipeline, data, folder)
            cells = [way]
            for path in options.heldout:
                figures = evaluate_nlu(path, trained.model, ROOT, is_report=False)
                cells += [f"{figures[column]:.3f}" for column in COLUMNS]
            cells += [f"{figures['parse_ms_p50']:.1f} / {figures['parse_ms_p95']:.1f}"]
            size = trained.model.stat().st_size / KB / KB
            yield " | ".join(
                [*cells, f"{trained.seconds:.0f}", f"{trained.peak_mb:.0f}", f"{size:.0f}"]
            )


def main() -> None:
    """Print the table row by row, as each is measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("heldout", nargs="+", type=Path)
    parser.add_argument("--only", nargs="*", help="names of ways")
    parser.add_argument("--examples", type=int, help="draw so many examples")
    parser.add_argument("--epochs", type=int, default=100, help="of DIET")
    options = parser.parse_args()
    names = [f"{path.stem} {column}" for path in options.heldout for column in COLUMNS]
    head = ["way", *names, "parse p50 / p95 ms", "training s", "peak MB", "model MB"]
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head), flush=True)
    for row in rows(options):
        print(f"| {row} |", flush=True)


if __name__ == "__main__":
    main()
