"""Which Chromium the tests of pages drive.

Chromium opens a whole window for each context, headless too, with a toolbar and tabs that nobody
sees: two seconds of a processor each time. The headless shell is the same engine without them, at
a fifth of that (Debian's 156, twelve contexts: 24 and 4.5 seconds).
"""

import shutil

ARGUMENTS = ("--no-sandbox", "--disable-background-networking")
WHOLE = "/usr/bin/chromium"


def find_chromium() -> str:
    """Return the path of the headless shell, where there is none that of the whole browser."""
    return shutil.which("chromium-headless-shell") or WHOLE
