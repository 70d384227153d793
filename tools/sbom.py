"""What the product is made of: a CycloneDX list out of the lock, and whose licences apply.

`python -m tools.sbom` writes `build/sbom.cdx.json`; `python -m tools.sbom notices` rewrites
`THIRD_PARTY_NOTICES.md` from the installed distributions, and `… notices --check` only compares.
"""

import json
import re
import sys
import uuid
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
NOTICES = "THIRD_PARTY_NOTICES.md"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
SPACE = uuid.UUID("6f0c1f3e-6b5b-4c89-9a2b-6f7d1f4f2a11")
LONGEST_LICENCE = 60
UNKNOWN = "not stated in its metadata"


def normal(name: str) -> str:
    """Return a name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(lock: Path) -> Mapping[str, str]:
    """Return version by name of everything that the lock pins."""
    return {normal(name): number for name, number in PINNED.findall(lock.read_text("utf-8"))}


@lru_cache(maxsize=1)
def installed() -> Mapping[str, Distribution]:
    """Return every distribution of this environment by name; read once."""
    return {normal(one.metadata["Name"]): one for one in distributions()}


@lru_cache(maxsize=1)
def needed_to_run(product: str = "xiaoer") -> frozenset[str]:
    """Return the names of what the installed product needs, directly or not."""
    found: set[str] = set()
    waiting = [product]
    while waiting:
        one = installed().get(waiting.pop())
        for line in (one.requires or ()) if one else ():
            if "extra ==" in line and "cryptography" not in line:
                continue  # reading a marker is slow, and most are of extras
            need = Requirement(line)
            name = normal(need.name)
            # an extra that something asks for is counted in, whoever asked: too long is harmless
            is_wanted = need.marker is None or need.marker.evaluate({"extra": "cryptography"})
            if is_wanted and name not in found:
                found.add(name)
                waiting.append(name)
    return frozenset(found)


def bill(version: str, lock: Path) -> dict[str, object]:
    """Return the CycloneDX 1.5 document; the same lock gives the same document."""
    needed = needed_to_run()
    pins = locked(lock)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(SPACE, version + lock.read_text('utf-8'))}",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "name": "xiaoer", "version": version},
        },
        "components": [
            {
                "type": "library",
                "name": name,
                "version": number,
                "purl": f"pkg:pypi/{name}@{number}",
                "scope": "required" if name in needed else "excluded",
            }
            for name, number in sorted(pins.items())
        ],
    }


def licence_of(found: Distribution) -> str:
    """Return the licence that a distribution states, in one short line."""
    about = found.metadata
    stated = [str(about.get("License-Expression") or "")]
    stated += [
        line.rsplit(" :: ", 1)[-1]
        for line in about.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    stated.append(" ".join(str(about.get("License") or "").split()))
    fitting = (one for one in stated if one and len(one) <= LONGEST_LICENCE)
    return next((one for one in fitting if one not in {"OSI Approved", "UNKNOWN"}), UNKNOWN)


def notices(lock: Path) -> str:
    """Return the page of third-party notices for what is needed to run."""
    lines = list(_rows(lock))
    head = (
        "# Third-party notices\n\n"
        "What 小二 needs to run besides its own code, and the licence that each states. By\n"
        "`python -m tools.sbom notices` from the installed distributions; a test compares. The\n"
        "licence texts are in the distributions themselves, in the environment (`*.dist-info`).\n\n"
        "| name | licence |\n|---|---|\n"
    )
    return head + "\n".join(lines) + "\n"


def _rows(lock: Path) -> Iterator[str]:
    for name in sorted(needed_to_run() & set(locked(lock))):
        one = installed().get(name)
        yield f"| {name} | {licence_of(one).replace('|', '/') if one else UNKNOWN} |"


def main(arguments: list[str]) -> int:
    """Do what the command line says; 1 when the notices are not those of the environment."""
    lock = ROOT / "requirements.lock"
    if arguments[:1] == ["notices"]:
        page, path = notices(lock), ROOT / NOTICES
        if "--check" in arguments:
            is_same = path.exists() and path.read_text("utf-8") == page
            print(
                "the same" if is_same else f"{NOTICES} is not current: python -m tools.sbom notices"
            )
            return 0 if is_same else 1
        path.write_text(page, encoding="utf-8")
        return 0
    out = ROOT / "build" / "sbom.cdx.json"
    out.parent.mkdir(exist_ok=True)
    version = installed()["xiaoer"].version
    out.write_text(json.dumps(bill(version, lock), indent=1) + "\n", encoding="utf-8")
    print(out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
