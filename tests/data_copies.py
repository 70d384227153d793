"""The data folder with document templates of its own, for tests that break them."""

from pathlib import Path

from bot.settings import ROOT


def copied_data(folder: Path) -> Path:
    """Return a data folder whose `documents` may be edited; the rest are links."""
    data, source = folder / "data", ROOT / "data"
    data.mkdir()
    for entry in source.iterdir():
        if entry.name != "documents":
            (data / entry.name).symlink_to(entry)
    documents = data / "documents"
    documents.mkdir()
    for file in (source / "documents").iterdir():
        (documents / file.name).write_bytes(file.read_bytes())
    return data
