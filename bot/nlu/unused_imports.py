"""Lets Rasa start without the libraries that only other models, channels and stores would use.

Stock Rasa imports the clients of every channel and database that it knows, what draws the charts
of `rasa test`, what asks questions in `rasa interactive`, and scikit-learn with half of SciPy for
components that our model does not have: a second of processor time at each start, and 80 MB for as
long as the process lives. Here empty names stand in their place (`left_out`), but for those that
the model, `credentials.yml` or `endpoints.yml` speak of.

This is a lever like those of `bot/nlu/levers`, but it has to be pulled before Rasa is imported.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from bot.nlu import left_out, without_tensorflow

NAME = "unused_imports"

NEEDED_FOR: Mapping[str, Collection[str]] = {
    "sklearn": ("Sklearn", "LogisticRegression", "CountVectors", "CRFEntity", "LexicalSyntactic"),
    "matplotlib": (),
    "questionary": (),
    "prompt_toolkit": (),
    "twilio": ("twilio",),
    "aiogram": ("telegram",),
    "webexteamssdk": ("webexteams",),
    "slack_sdk": ("slack",),
    "fbmessenger": ("facebook",),
    "rocketchat_API": ("rocketchat",),
    "pymongo": ("mongod",),
    "boto3": ("dynamo", "--remote-storage"),
    "botocore": ("dynamo", "--remote-storage"),
    "s3transfer": ("dynamo", "--remote-storage"),
}
"""Packages, and the words by which a model, channel, store or option that uses one is known."""

FILES = {"--credentials": "credentials.yml", "--endpoints": "endpoints.yml"}
"""Options of `rasa run` that name a file, and where it lies when they do not."""


def unused(arguments: Sequence[str]) -> frozenset[str]:
    """Return the packages of which neither the model nor the settings of Rasa speak.

    Args:
        arguments: What `rasa run` is called with; without a model file nothing is left out.

    Raises:
        OSError: The model cannot be read.
        KeyError: It has no metadata, so it is no model.
    """
    model = without_tensorflow.model_in(arguments)
    if model is None:
        return frozenset()
    given = dict(pairwise(arguments))
    files = [Path(given.get(option, usual)) for option, usual in FILES.items()]
    options = (one for one in arguments if one.startswith("--"))
    spoken = [without_tensorflow.parts_of(model), *options]
    spoken += [path.read_text(encoding="utf-8") for path in files if path.is_file()]
    text = "\n".join(spoken)
    return frozenset(
        name for name, words in NEEDED_FOR.items() if not any(word in text for word in words)
    )


def leave_out(names: Collection[str]) -> None:
    """Put empty names in the place of packages; call it before anything of Rasa is imported."""
    left_out.leave_out(names, NAME)
