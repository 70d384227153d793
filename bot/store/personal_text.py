"""Makes `docs/personal-data.md`: `python -m bot.store.personal_text > docs/personal-data.md`."""

from collections.abc import Iterator

from bot.store.personal import PERSONAL

HEAD = """# Personal data, column by column

Made by `python -m bot.store.personal_text > docs/personal-data.md` from `bot/store/personal.py`; a
test fails when this page is behind, and when a new column that looks personal is not in the table.
Sealed: AES-256-GCM, see [privacy](privacy.md#sealed-in-the-database). How long each class is kept:
[privacy](privacy.md#how-long).

| column | holds | what for | kept as | sealed |
|---|---|---|---|---|"""


def lines() -> Iterator[str]:
    """Yield the lines of the page."""
    yield HEAD
    for column, one in sorted(PERSONAL.items()):
        hashed = column.rpartition(".")[2] in {"phone_hash", "pair"}
        sealed = f"no: {one.plain}" if one.plain else ("as a keyed hash" if hashed else "yes")
        yield f"| `{column}` | {one.kind.value} | {one.purpose} | {one.kept.value} | {sealed} |"


if __name__ == "__main__":
    import sys

    sys.stdout.write("\n".join(lines()) + "\n")
