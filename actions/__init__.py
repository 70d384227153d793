"""The Rasa-SDK skin: one thin class a step, which calls one use case.

Modules right here hold the actions, one a skill. The folders hold what they share, one folder a
field (ADR 0051): `turns`, `forms`, `steering`, `questions` and `finding` for every skill, the rest
for the skill whose name they have. Rasa's action server imports every module below here and builds
each action without arguments; base classes are therefore abstract.
"""

from functools import lru_cache

from bot import logs
from bot.bootstrap import App, build
from bot.settings import load_settings


@lru_cache(maxsize=1)
def app() -> App:
    """Return the application of this process, built on first use."""
    logs.configure(json=True)  # plain tracebacks: no local variables, so nobody's words
    return build(load_settings())
