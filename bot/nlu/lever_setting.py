"""Name and values of the setting that chooses levers; imports nothing of Rasa."""

from collections.abc import Mapping

SETTING = "XIAOER_RASA_LEVERS"
ALL = "all"
NONE = "none"


def wishes(environ: Mapping[str, str], name: str) -> bool:
    """Tell whether the setting asks for the lever of this name."""
    names = names_in(environ)
    return names is None or name in names


def names_in(environ: Mapping[str, str]) -> frozenset[str] | None:
    """Return the names in the setting, None when it asks for all of them."""
    wish = environ.get(SETTING, "").strip() or ALL
    if wish == ALL:
        return None
    return frozenset(name.strip() for name in wish.split(",")) - {NONE, ""}
