"""A release by one command: `python -m tools.release 0.2.0 --date 2026-12-01`.

Puts the number into `pyproject.toml`, turns [Unreleased] of the changelog into the release,
commits, tags, and writes into `build/release` the archive of the sources, the wheel with its lock,
the container file, the bill of materials (CycloneDX), the third-party notices and SHA-256 sums.
Nothing is sent anywhere. Refuses a tree with changes, a number that is not higher, a changelog with
nothing to say.
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tarfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.sbom import ROOT, bill, notices
from tools.wheel import build_wheel

VERSION = re.compile(r'^version = "(\d+)\.(\d+)\.(\d+)"$', re.MULTILINE)
NUMBER = re.compile(r"(\d+)\.(\d+)\.(\d+)")
CONTAINER = "deploy/Containerfile"
UNRELEASED = re.compile(r"^## \[Unreleased\]\n(.*?)(?=^## \[|\Z)", re.MULTILINE | re.DOTALL)


class NotReleased(Exception):
    """Why nothing was released; nothing has changed."""


def release(root: Path, number: str, day: date) -> list[Path]:
    """Release the checkout at `root`; returns what was written.

    Raises:
        NotReleased: The message says why.
    """
    _check(root, number)
    pyproject, changelog = root / "pyproject.toml", root / "CHANGELOG.md"
    text = pyproject.read_text("utf-8")
    pyproject.write_text(VERSION.sub(f'version = "{number}"', text, count=1), encoding="utf-8")
    said = changelog.read_text("utf-8")
    heading = f"## [Unreleased]\n\n## [{number}] - {day.isoformat()}\n"
    changelog.write_text(said.replace("## [Unreleased]\n", heading, 1), encoding="utf-8")
    _git(root, "add", "pyproject.toml", "CHANGELOG.md")
    _git(root, "commit", "--quiet", "-m", f"Release {number}")
    _git(root, "tag", "-a", f"v{number}", "-m", f"Release {number}")
    return _artefacts(root, number)


def _check(root: Path, number: str) -> None:
    wanted = NUMBER.fullmatch(number)
    found = VERSION.search((root / "pyproject.toml").read_text("utf-8"))
    if wanted is None or found is None:
        raise NotReleased(f"{number}: expected three numbers with dots between")
    if tuple(map(int, wanted.groups())) <= tuple(map(int, found.groups())):
        raise NotReleased(f"{number} is not higher than {'.'.join(found.groups())}")
    if _git(root, "status", "--porcelain"):
        raise NotReleased("the tree has changes: commit or put them away first")
    said = UNRELEASED.search((root / "CHANGELOG.md").read_text("utf-8"))
    if said is None or not re.search(r"^- ", said[1], re.MULTILINE):
        raise NotReleased("[Unreleased] of CHANGELOG.md says nothing")


def _artefacts(root: Path, number: str) -> list[Path]:
    folder, lock = root / "build" / "release", root / "requirements.lock"
    folder.mkdir(parents=True, exist_ok=True)
    name = f"xiaoer-{number}"
    archive = folder / f"{name}.tar.gz"
    _git(root, "archive", "--prefix", f"{name}/", "-o", str(archive), f"v{number}")
    sbom, licences = folder / f"{name}.cdx.json", folder / "THIRD_PARTY_NOTICES.md"
    sbom.write_text(json.dumps(bill(number, lock), indent=1) + "\n", encoding="utf-8")
    licences.write_text(notices(lock), encoding="utf-8")
    container = folder / f"{name}.Containerfile"
    container.write_bytes((root / CONTAINER).read_bytes())
    locked = folder / f"{name}.requirements.lock"  # what the wheel is installed with
    locked.write_bytes(lock.read_bytes())
    made = [archive, _wheel(root, number, archive, folder), locked, container, sbom, licences]
    sums = folder / "SHA256SUMS"
    lines = (f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}\n" for one in made)
    sums.write_text("".join(lines), encoding="utf-8")
    return [*made, sums]


def _wheel(root: Path, number: str, archive: Path, folder: Path) -> Path:
    """Build the wheel from what was packed, not from what lies about in the checkout."""
    made_at_s = int(_git(root, "log", "-1", "--format=%ct", f"v{number}"))
    with TemporaryDirectory() as unpacked:
        with tarfile.open(archive) as packed:
            packed.extractall(unpacked)  # noqa: S202 - made by ourselves a moment ago
        return build_wheel(Path(unpacked) / f"xiaoer-{number}", folder, made_at_s)


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def main() -> int:
    """Release as the command line says."""
    parser = argparse.ArgumentParser(description="Release a version")
    parser.add_argument("number")
    parser.add_argument("--date", type=date.fromisoformat, required=True, help="YYYY-MM-DD")
    options = parser.parse_args()
    try:
        made = release(ROOT, options.number, options.date)
    except NotReleased as error:
        print(f"✗ {error}")
        return 1
    for one in made:
        print(one.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
