"""The wheel: code, pages, and the data and Rasa's files that it works on.

A wheel has no place beside its packages, so data go to `share/xiaoer` of the environment, where an
installed `bot.settings` looks for them. Nothing is fetched: the build backend is that of the lock.
"""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

SHARE = "share/xiaoer"
SHARED = ("data", "deploy", "config.yml", "credentials.yml", "domain.yml", "endpoints.yml")
BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"


def build_wheel(sources: Path, into: Path, made_at_s: int) -> Path:
    """Build the wheel of unpacked sources; the same sources and time give the same wheel.

    Args:
        sources: A copy that may be written to: its `pyproject.toml` gets the list of data files.
        into: Takes the wheel; must exist.
        made_at_s: Time of the commit, seconds since 1970.

    Raises:
        subprocess.CalledProcessError: The backend refuses the sources.
    """
    with (sources / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n{_data_files(sources)}")
    before = set(into.glob("*.whl"))
    subprocess.run(
        [sys.executable, "-c", BUILD, str(into)],
        cwd=sources,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(made_at_s)},
        check=True,
        capture_output=True,
        text=True,
    )
    (made,) = set(into.glob("*.whl")) - before
    return made


def _data_files(sources: Path) -> str:
    folders: dict[str, list[str]] = {}
    for path in _shared(sources):
        name = path.relative_to(sources)
        target = f"{SHARE}/{name.parent.as_posix()}".removesuffix("/.")
        folders.setdefault(target, []).append(name.as_posix())
    lines = (f'"{folder}" = {sorted(names)!r}\n' for folder, names in sorted(folders.items()))
    return "[tool.setuptools.data-files]\n" + "".join(lines)


def _shared(sources: Path) -> Iterable[Path]:
    for name in SHARED:
        here = sources / name
        yield from (path for path in (here, *here.rglob("*")) if path.is_file())
