"""Runs the tests that failed once more, alone: `python -m tools.again`, after a run of the suite.

A browser or a clock test can fail on a machine on which something else takes both cores. A defect
fails again; what passes now is named, so that somebody looks at it. More than `MOST` failures are
no bad luck and are not run again. Ends with 0 when all of them pass.
"""

import json
import subprocess
import sys

from bot.settings import ROOT

MOST = 5
FAILED = ROOT / ".pytest_cache" / "v" / "cache" / "lastfailed"


def main() -> int:
    """Run them and return the exit code."""
    if not FAILED.is_file():
        print("no tests to run again: the run ended before any failed", file=sys.stderr)
        return 1
    failed = sorted(without_group(one) for one in json.loads(FAILED.read_text(encoding="utf-8")))
    if not failed or len(failed) > MOST:
        print(f"{len(failed)} tests failed: not run again", file=sys.stderr)
        return 1
    print("run again, alone:", *failed, sep="\n  ")
    command = [sys.executable, "-m", "pytest", "-ra", "-p", "no:xdist", *failed]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code == 0:
        print("UNSTABLE: failed beside others, passed alone:", *failed, sep="\n  ")
    return code


def without_group(nodeid: str) -> str:
    """Return the name of a test without the group that xdist writes behind it."""
    name, at, group = nodeid.rpartition("@")
    return name if at and "]" not in group else nodeid


if __name__ == "__main__":
    sys.exit(main())
