"""A failing example of Hypothesis is printed with its values, and can be tried again.

Schemathesis, once it has made a request in a process, has Hypothesis print nothing of any value:
an example of another test then reads `text=, seed=`. Its change comes early, and the printer back.
"""

from importlib.util import find_spec

import hypothesis
from hypothesis import core
from hypothesis.vendor import pretty

PROFILE = "xiaoer"


def pytest_configure() -> None:
    """Print values, and the line that repeats an example."""
    if find_spec("schemathesis"):  # not in the environment of `tools/outward.sh`
        from schemathesis.generation.hypothesis import setup  # noqa: PLC0415 - see above

        setup()
        core.RepresentationPrinter = pretty.RepresentationPrinter
    hypothesis.settings.register_profile(PROFILE, hypothesis.settings(), print_blob=True)
    hypothesis.settings.load_profile(PROFILE)
