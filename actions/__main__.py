"""The action server, watched: `python -m actions …` takes what `python -m rasa_sdk …` takes."""

import os

from actions import app
from actions.turns.kept_events import keep_events
from bot import logs, one_blas_thread
from bot.services.reading.wording import letters
from bot.settings import load_settings
from bot.telemetry.memory import settle, start_up
from bot.telemetry.publish import publish
from bot.telemetry.tracing import start_tracing


def serve() -> None:
    """Start what watches, then let rasa_sdk's own command line do the rest."""
    start_up()  # until `_warm` settles
    # this module is imported with all others of the package when actions are looked for
    from rasa_sdk.__main__ import main  # noqa: PLC0415

    logs.configure(json=True)  # plain tracebacks: no local variables, so nobody's words
    settings = load_settings()
    start_tracing(settings.otlp_url, "actions")
    publish(settings.metrics_host, settings.metrics_port)
    keep_events()
    _warm()
    main()  # type: ignore[no-untyped-call]


def _warm() -> None:
    """Load before the first turn what it would wait for."""
    one_blas_thread.hold(os.environ)
    app()
    letters("好")  # the readings of all signs
    settle()


if __name__ == "__main__":
    serve()
