"""Rasa with the levers pulled: `python -m bot.nlu.serve run …` takes what `rasa run` takes."""

import os
import sys


def main() -> None:
    """Pull the levers, then let Rasa's own command line do the rest."""
    from bot.nlu import levers  # noqa: PLC0415 - after the check of the arguments, so usage is quick

    levers.pull(levers.chosen(os.environ))
    from rasa.__main__ import main as rasa_main  # noqa: PLC0415

    sys.argv[0] = "rasa"
    rasa_main()


if __name__ == "__main__":
    main()
