"""Learn which question of the catalogue was likeliest missed behind an answer.

Usage: python -m tools.second_reading DIALOGUES.yml... > data/common/second_reading.yml
       python -m tools.second_reading --figures DIALOGUES.yml...

Plays the dialogues to their end against a stack of its own and notes what each typed message is
answered with, and what its step expects to be said. A question of the catalogue that fits the
message and was not said counts as missed where it satisfies the step and what was said does not.
From that a logistic regression learns the weights of `bot/services/finding/second_reading.py`, see
ADR 0048. `--figures` prints instead, as JSON, what would be shown and mended in files that were not
learnt.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rasa_sdk.executor import CollectingDispatcher
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from actions import app
from actions.questions.second_reading import as_answered, as_heard, may_be_added, was_said
from bot.domain.matters import Faq
from bot.operations.dialogue_checks import Outcome, Response, problems
from bot.operations.errors import OperationFailed
from bot.operations.training import ensure_model
from bot.services.finding.second_reading import Answered
from bot.settings import ROOT
from tools.typed_messages import Read, Typed, read_all, turn_of, watched

Floats = npt.NDArray[np.float64]

OWN_RESPONSE = "utter_matters_second_reading"
"""What the product adds by the weights that stand now; it counts as unsaid."""

TO_BE_SAID = frozenset({"says", "says_any"})
ABOUT_WORDS = TO_BE_SAID | {"says_not"}
"""Expectations about what is said; the others are about slots, forms, buttons."""

LEARNT = 0.999
"""From this score on, the text itself is a wording of the question."""

REGULARISATION = 0.05
LEAST_WEIGHT = 0.005
FOLDS = 6
THRESHOLDS = (0.1, 0.08, 0.06, 0.05, 0.04)


@dataclass(frozen=True)
class Missed:
    """A question that fits a message and was not said.

    Attributes:
        features: What it is judged by, by name.
        is_right: It says all that the step expects to be said.
        is_missed: So it does, and what was said does not.
        mends: Said behind the answer, it makes a step good that failed.
        was_said: It stood in what was said right before, and is not said again.
    """

    features: Mapping[str, float]
    is_right: bool = False
    is_missed: bool = False
    mends: bool = False
    was_said: bool = False


@dataclass(frozen=True)
class Message:
    """A typed message with the questions that may be missed behind its answer.

    Attributes:
        file: Where its dialogue stands.
        missed: Best first; none where nothing fits.
    """

    file: str
    missed: tuple[Missed, ...]


def messages_of(typed: Sequence[Typed], read: Read) -> list[Message]:
    """Return the messages that are learnt from.

    Left out are those of which nothing is expected, and behind which nothing is ever added.
    """
    made = (message_of(one, read) for one in typed if one.expected)
    return [message for message in made if message is not None]


def message_of(typed: Typed, read: Read) -> Message | None:
    """Return a message with its questions; None where no second reading may be added."""
    turn, answered = turn_of(typed, read), answered_of(typed.outcome.responses)
    if not may_be_added(turn, answered):
        return None
    known, heard = app().second_reading, as_heard(turn)
    fits = known.fits(heard)
    missed = [
        replace(
            labelled(typed.expected, typed.outcome, fit.asked.faq),
            features=known.features(heard, answered, fit, fits),
            was_said=was_said(turn, fit.asked.faq.answer),
        )
        for fit in known.missed(heard, answered, fits)
        if fit.asked.score < LEARNT
    ]
    return Message(typed.file, tuple(missed))


def answered_of(responses: Sequence[Response]) -> Answered:
    """Return what the action that answered first said, for behind it the second reading stands."""
    say = CollectingDispatcher()
    for one in responses:
        if one.action == responses[0].action:
            text = "" if one.name else one.text
            say.messages.append({"response": one.name, "answer": one.answer, "text": text})
    return as_answered(say)


def labelled(expected: Mapping[str, Any], outcome: Outcome, faq: Faq) -> Missed:
    """Return what a question is worth where something is expected, without its features.

    Args:
        expected: By one of `EXPECTATIONS`.
        outcome: What came, without second readings.
        faq: A question that was not said.
    """
    text = f"{faq.question}\n{faq.answer}"
    words = {key: wanted for key, wanted in expected.items() if key in ABOUT_WORDS}
    is_right = bool(TO_BE_SAID & words.keys()) and not problems(words, Outcome(texts=[text]))
    beside = replace(outcome, texts=[*outcome.texts, text])
    return Missed(
        features={},
        is_right=is_right,
        is_missed=is_right and bool(problems(words, outcome)),
        mends=is_right and bool(problems(expected, outcome)) and not problems(expected, beside),
    )


def names_of(messages: Sequence[Message]) -> list[str]:
    """Return the names of all features, sorted."""
    return sorted({name for one in messages for missed in one.missed for name in missed.features})


def matrix(rows: Sequence[Missed], names: Sequence[str]) -> Floats:
    """Return the features of some questions, (n_rows, n_names); 0 for one that is not there."""
    values = [[row.features.get(name, 0.0) for name in names] for row in rows]
    return np.array(values, dtype=float).reshape(len(rows), len(names))


def fitted(messages: Sequence[Message], names: Sequence[str]) -> Pipeline:
    """Return the regression that tells missed questions from others.

    Raises:
        OperationFailed: No question was missed, or each was: nothing can be learnt.
    """
    rows = [missed for message in messages for missed in message.missed]
    labels = np.array([row.is_missed for row in rows], dtype=int)
    if len(set(labels.tolist())) <= 1:
        raise OperationFailed("没有可学的 (nothing to learn): no question was missed, or each was")
    model = make_pipeline(StandardScaler(), LogisticRegression(C=REGULARISATION, max_iter=1000))
    return model.fit(matrix(rows, names), labels)


def weights_of(model: Pipeline, names: Sequence[str]) -> dict[str, float]:
    """Return the weights of features that are not standardised, and the `bias`."""
    scaler, regression = (step for _, step in model.steps)
    weights = regression.coef_[0] / scaler.scale_
    bias = float(regression.intercept_[0] - weights @ scaler.mean_)
    return {"bias": bias, **{name: float(w) for name, w in zip(names, weights, strict=True)}}


def lines(weights: Mapping[str, float], n_messages: int) -> Iterator[str]:
    """Yield the lines of `data/common/second_reading.yml`: the bias first, then by name."""
    what = "What a question of the catalogue that was not answered is judged by"
    yield f"# {what} (docs/nlu.md, ADR 0048)."
    yield f"# By tools/second_reading.py from {n_messages} messages of dialogues."
    yield f"bias: {weights['bias']:.3f}"
    for name in sorted(weights.keys() - {"bias"}):
        if abs(weights[name]) >= LEAST_WEIGHT:
            key = json.dumps(name) if ":" in name else name
            yield f"{key}: {weights[name]:.3f}"


def figures(messages: Sequence[Message]) -> dict[str, Any]:
    """Return what would be shown, ready for JSON; each file is judged by what others taught.

    `shown` counts messages with a second reading, `right` those of them that say what the step
    expects, `mended` the steps that failed and are good with it.

    Raises:
        OperationFailed: There are not two files, or a fold has nothing to learn from.
    """
    shown = likeliest(messages)
    by_threshold = {
        str(threshold): {
            "shown": len(over := [one for sure, one in shown if sure >= threshold]),
            "right": sum(one.is_right for one in over),
            "mended": sum(one.mends for one in over),
        }
        for threshold in THRESHOLDS
    }
    return {
        "messages": len(messages),
        "files": len({message.file for message in messages}),
        "by_threshold": by_threshold,
    }


def likeliest(messages: Sequence[Message]) -> list[tuple[float, Missed]]:
    """Return the likeliest question of each message that has one, with how likely it is.

    The files are dealt out to folds; each fold is judged by a regression that learnt the others.

    Raises:
        OperationFailed: There are not two files, or a fold has nothing to learn from.
    """
    files = sorted({message.file for message in messages})
    n_folds = min(FOLDS, len(files))
    if n_folds < 2:  # noqa: PLR2004 - one to learn from, one to judge
        raise OperationFailed("至少要两个文件 (at least two files are needed)")
    fold_of = {file: at % n_folds for at, file in enumerate(files)}
    names = names_of(messages)
    found: list[tuple[float, Missed]] = []
    for fold in range(n_folds):
        model = fitted([m for m in messages if fold_of[m.file] != fold], names)
        held = (m for m in messages if fold_of[m.file] == fold and m.missed)
        found += [_best(model, message, names) for message in held]
    return [(sure, one) for sure, one in found if not one.was_said]


def _best(model: Pipeline, message: Message, names: Sequence[str]) -> tuple[float, Missed]:
    likely = model.predict_proba(matrix(message.missed, names))[:, 1]
    at = int(likely.argmax())
    return float(likely[at]), message.missed[at]


def main(arguments: Sequence[str] | None = None) -> None:
    """Play, learn, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--figures", action="store_true", help="print figures, not weights")
    given = parser.parse_args(arguments)
    try:
        model, _ = ensure_model(ROOT, ROOT / "var", lambda _: None)
        typed = watched(given.files, model, {OWN_RESPONSE})
        messages = messages_of(typed, read_all(typed, model))
        if given.figures:
            print(json.dumps(figures(messages), ensure_ascii=False, indent=2))
            return
        names = names_of(messages)
        for line in lines(weights_of(fitted(messages, names), names), len(messages)):
            print(line)
    except OperationFailed as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
