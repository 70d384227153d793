"""Rasa's training at less cost: `python -m bot.nlu.train train …` takes what `rasa train` takes."""

import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from bot.nlu import without_tensorflow
from bot.nlu.lever_setting import wishes

NAME = "training"
"""The lever that is pulled, as `XIAOER_RASA_LEVERS` names it."""


def main() -> None:
    """Pull what the setting asks for, then let Rasa's own command line do the rest."""
    if can_do_without_tensorflow(sys.argv[1:]) and wishes(os.environ, without_tensorflow.NAME):
        without_tensorflow.leave_out()

    from rasa.__main__ import main as rasa_main  # noqa: PLC0415 - behind what is left out

    if wishes(os.environ, NAME):
        from bot.nlu.levers import pull  # noqa: PLC0415 - imports Rasa
        from bot.nlu.levers.training import LEVER  # noqa: PLC0415

        pull([LEVER])
    sys.argv[0] = "rasa"
    rasa_main()


def can_do_without_tensorflow(arguments: Sequence[str]) -> bool:
    """Tell whether no part of the configuration on the command line needs TensorFlow."""
    named = [Path(value) for before, value in pairwise(arguments) if before == "--config"]
    return bool(named) and not any(
        without_tensorflow.is_named(path.read_text(encoding="utf-8")) for path in named
    )


if __name__ == "__main__":
    main()
