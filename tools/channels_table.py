"""Writes the table of channels in `docs/channels.md`: `python -m tools.channels_table`."""

from bot.channels.registry import DECLARATIONS
from bot.domain.channels import Abilities, Declaration
from bot.settings import ROOT
from bot.store.desk_texts import load_desk_vocabulary

PAGE = ROOT / "docs" / "channels.md"
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"
ROWS = (
    ("buttons", "buttons", "numbers to reply with"),
    ("images", "pictures", "links"),
    ("files", "files", "links"),
    ("typing", "an answer is on its way", "no"),
    ("read_state", "what was read", "no"),
)


def table(declarations: tuple[Declaration, ...]) -> str:
    """Return the table as Markdown."""
    names = load_desk_vocabulary(ROOT / "data").channels
    heads = [f"{names.get(one.name, one.name)} (`{one.name}`)" for one in declarations]
    rows = [["", *heads], ["---"] * (len(heads) + 1)]
    for field, label, otherwise in ROWS:
        cells = [_cell(one.abilities, field, otherwise) for one in declarations]
        rows.append([label, *cells])
    rows.append(["longest text", *(_length(one.abilities) for one in declarations)])
    rows.append(["messages of ours", *(_quota(one.abilities) for one in declarations)])
    folds = ["yes" if one.abilities.folds else "no" for one in declarations]
    rows.append(["several lines become one message", *folds])
    pushed = ["sent to the platform" if one.abilities.pushed else "fetched" for one in declarations]
    rows.append(["how lines get there", *pushed])
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def page(declarations: tuple[Declaration, ...], before: str) -> str:
    """Return the page with its table replaced."""
    head, _, rest = before.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{table(declarations)}\n{END}{tail}"


def _cell(able: Abilities, field: str, otherwise: str) -> str:
    if field == "buttons" and able.menu is not None:
        return f"a menu of up to {able.menu.buttons}, else {otherwise}"
    return "yes" if getattr(able, field) else otherwise


def _length(able: Abilities) -> str:
    if able.message_length is None:
        return "any"
    unit = {"utf-16-le": "UTF-16 units", "utf-8": "bytes"}[able.unit.value]
    return f"{able.message_length} {unit}"


def _quota(able: Abilities) -> str:
    if able.quota is None:
        return "any number"
    hours = able.quota.window.total_seconds() / 3600
    return f"{able.quota.lines} within {hours:.0f} h of each of the person's"


if __name__ == "__main__":
    PAGE.write_text(page(DECLARATIONS, PAGE.read_text(encoding="utf-8")), encoding="utf-8")
