"""Learn how likely each intent is where a conversation stands; prints `data/common/contexts.yml`.

Usage: python -m tools.intent_contexts DIALOGUES.yml... > data/common/contexts.yml

Plays the dialogues (their expectations do not count) against a stack of its own, notes the
situation of each message that is typed, and lets the model read it. What an intent weighs in a
situation is found by expectation and maximisation from the model's own probabilities (see
`bot/services/finding/intent_contexts.py`); nobody labels anything. A thin situation stays near 1.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml

from actions.turns.context import NO_CHOICE, STANDING
from actions.turns.intent_actions import RULE_ACTIONS
from bench.nlu import read_utterances
from bot.operations.evaluate import parse_texts
from bot.operations.training import ensure_model
from bot.services.finding.intent_contexts import START, situation_of
from bot.settings import ROOT
from tools.typed_messages import Typed, watched

Floats = npt.NDArray[np.float64]

PATIENCE = 30.0
"""Messages of the training data's mix that each situation is thought to have had beforehand."""

SHARPNESS = 0.7
"""Exponent of the weights: not the whole of what is found, for others say other things."""

LEAST, MOST = 0.1, 4.0
ROUNDS = 50
WORTH_NOTING = 0.1
"""A weight nearer to 1 than this is left out."""


def place_of(typed: Typed) -> str:
    """Return the situation that a message is typed in."""
    return situation_of(typed.form, typed.slots.get("focus"), is_first=not typed.before)


def training_share(intents: Sequence[str]) -> Floats:
    """Return the share of each intent among the training examples, (n_intents,)."""
    files = sorted((ROOT / "data").glob("*/nlu.yml"))
    count = Counter(example.intent for file in files for example in read_utterances(file))
    found = np.array([count[name] for name in intents], dtype=float)
    return np.asarray(found / found.sum())


def weights(read: Floats, usual: Floats) -> Floats:
    """Return what each intent weighs in a situation, (n_intents,).

    Args:
        read: The model's probabilities of its messages, (n_messages, n_intents).
        usual: Share of each intent among the training examples, (n_intents,).
    """
    share = usual.copy()
    for _ in range(ROUNDS):
        meant = read * (share / usual)
        meant /= meant.sum(axis=1, keepdims=True)
        share = (meant.sum(axis=0) + PATIENCE * usual) / (len(read) + PATIENCE)
    return np.asarray(np.clip((share / usual) ** SHARPNESS, LEAST, MOST))


def by_situation(
    typed: Sequence[tuple[str, str]], rankings: Sequence[Sequence[tuple[str, float]]]
) -> Mapping[str, Mapping[str, float]]:
    """Return the weights of all situations.

    Those of `start` only lower: what people begin with is what the dialogues were written for.
    """
    intents = sorted(RULE_ACTIONS.keys() - {NO_CHOICE})
    column = {name: at for at, name in enumerate(intents)}
    rows: dict[str, list[Floats]] = defaultdict(list)
    for (situation, _), ranking in zip(typed, rankings, strict=True):
        row = np.zeros(len(intents))
        for name, sure in ranking:
            if name in column:
                row[column[name]] = sure
        if ranking[0][0] not in STANDING and row.sum() > 0:
            rows[situation].append(row / row.sum())
    usual = training_share(intents)
    found = {}
    for situation, read in sorted(rows.items()):
        made = weights(np.stack(read), usual)
        made = np.minimum(made, 1.0) if situation == START else made
        found[situation] = {
            name: round(float(weight), 2)
            for name, weight in zip(intents, made, strict=True)
            if abs(weight - 1) >= WORTH_NOTING
        }
    return found


def main() -> None:
    """Play, learn, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    model, _ = ensure_model(ROOT, ROOT / "var", lambda _: None)
    typed = [(place_of(one), one.text) for one in watched(parser.parse_args().files, model)]
    rankings = [line["ranking"] for line in parse_texts([text for _, text in typed], model, ROOT)]
    print("# What an intent weighs where a conversation stands (docs/nlu.md); 1 where it is not")
    print(f"# named. By tools/intent_contexts.py from {len(typed)} messages of dialogues.")
    yaml.safe_dump(by_situation(typed, rankings), sys.stdout, allow_unicode=True, width=100)


if __name__ == "__main__":
    main()
