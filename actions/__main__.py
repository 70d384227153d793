"""The action server, watched: `python -m actions …` takes what `python -m rasa_sdk …` takes."""

from rasa_sdk.__main__ import main

from bot import logs
from bot.settings import load_settings
from bot.telemetry.publish import publish
from bot.telemetry.tracing import start_tracing

if __name__ == "__main__":
    logs.configure(json=True)  # plain tracebacks: no local variables, so nobody's words
    _settings = load_settings()
    start_tracing(_settings.otlp_url, "actions")
    publish(_settings.metrics_host, _settings.metrics_port)
    main()  # type: ignore[no-untyped-call]
