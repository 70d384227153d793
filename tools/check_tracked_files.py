"""Refuses what must never be committed: index hosts, paths of one machine, secrets, litter.

Reads the files that git tracks, prints `file:line: reason` for each offence, and exits with 1 when
there is one. The patterns are put together from parts, so that this file does not match itself.
"""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

LARGEST_FILE_BYTES = 2_000_000

LITTER = frozenset(
    {".pyc", ".pyo", ".db", ".sqlite", ".sqlite3", ".key", ".pem", ".p12", ".pkl", ".pickle"}
    | {".h5", ".gz", ".zip", ".whl", ".log", ".swp"}
)
"""Endings of files that are made, not written."""

_HOSTS = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com")
_MIRRORS = (
    "py" + "pi.tuna",
    "mirrors.ali" + "yun",
    "deb" + ".deb" + "ian",
    "registry.npm" + "mirror",
)
_FOLDERS = ("wo" + "rk", "ro" + "ot", "ho" + "me/[a-z]+", "Us" + "ers/[A-Za-z]+")

FORBIDDEN: Mapping[str, re.Pattern[str]] = {
    "host of a package index": re.compile(
        "|".join(re.escape(name) for name in (*_HOSTS, *(m + "." for m in _MIRRORS)))
    ),
    "path of one machine": re.compile(
        rf"(?<![\w.~-])/(?:{'|'.join(_FOLDERS)})/|\.py" + "env/versions"
    ),
    "private key": re.compile("-----BEGIN [A-Z ]*PRIVATE " + "KEY-----"),
    "bot token": re.compile(r"\b\d{8,10}:[A-Za-z0-9_-]{35}\b"),
}


def tracked_files(root: Path) -> list[Path]:
    """Return every file that git tracks or would add, relative to `root`."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
    )
    names = listed.stdout.decode().split("\0")
    return sorted(Path(name) for name in set(names) if name and (root / name).is_file())


def offences(root: Path, files: list[Path]) -> Iterator[str]:
    """Yield one line for each thing that must not be committed."""
    for file in files:
        if file.suffix in LITTER:
            yield f"{file}: made by a program, not to be committed"
            continue
        content = (root / file).read_bytes()
        if len(content) > LARGEST_FILE_BYTES:
            yield f"{file}: larger than {LARGEST_FILE_BYTES} bytes"
        yield from _in_text(file, content.decode("utf-8", errors="ignore"))


def _in_text(file: Path, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), start=1):
        for reason, pattern in FORBIDDEN.items():
            if pattern.search(line):
                yield f"{file}:{number}: {reason}"


def main() -> int:
    """Check the repository in the working folder."""
    found = list(offences(Path(), tracked_files(Path())))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
