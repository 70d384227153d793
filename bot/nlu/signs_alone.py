"""Lets Rasa do without pypinyin's list of phrases.

pypinyin knows how 47,000 phrases are read, 45 MB of each process. Rasa's pipeline asks for the
sound of one sign at a time, for which no phrase is looked at. Must be called before pypinyin is
imported; the action server, which spells whole names (银行 is yinhang), keeps the list.
"""

from collections.abc import MutableMapping

NAME = "signs_alone"
"""As `XIAOER_RASA_LEVERS` names it."""

SETTINGS = ("PYPINYIN_NO_PHRASES", "PYPINYIN_NO_DICT_COPY")
"""The library's own; the second spares a copy for those who add readings, which nobody does."""


def use(environ: MutableMapping[str, str]) -> None:
    """Ask the library to leave them out."""
    for setting in SETTINGS:
        environ.setdefault(setting, "1")
