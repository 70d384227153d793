"""Rasa with the levers pulled: `python -m bot.nlu.serve run …` takes what `rasa run` takes."""

import os
import sys
from collections.abc import Mapping, Sequence

from bot.nlu import model_seal, one_thread, signs_alone, unused_imports, without_tensorflow
from bot.nlu.lever_setting import wishes
from bot.telemetry.memory import end_start_up, start_up
from bot.telemetry.publish import publish
from bot.telemetry.tracing import start_tracing

SETTLED = "settled"
"""The lever that ends what `start_up` begins."""


def main() -> None:
    """Check the model file, pull the levers, then let Rasa's own command line do the rest."""
    expected, model = os.environ.get(model_seal.SETTING), without_tensorflow.model_in(sys.argv[1:])
    if expected and model is not None:
        try:
            model_seal.require(model, expected)
        except (model_seal.WrongModel, OSError) as error:
            sys.exit(str(error))
    if wishes(os.environ, SETTLED):
        start_up()  # until the lever has seen the model loaded
    if wishes(os.environ, one_thread.NAME):
        one_thread.use(os.environ)
    if wishes(os.environ, signs_alone.NAME):
        signs_alone.use(os.environ)
    if can_do_without_tensorflow(sys.argv[1:], os.environ):
        without_tensorflow.leave_out()
    if wishes(os.environ, unused_imports.NAME):
        unused_imports.leave_out(unused_imports.unused(sys.argv[1:]))

    from rasa.__main__ import main as rasa_main  # noqa: PLC0415 - behind the first levers

    from bot.nlu import levers, private_logs  # noqa: PLC0415

    private_logs.use()
    levers.pull(levers.chosen(os.environ))
    if not levers.settled.LEVER.fits:
        end_start_up()
    start_tracing(os.environ.get("XIAOER_OTLP_URL", ""), "rasa")
    publish(
        os.environ.get("XIAOER_METRICS_HOST", "127.0.0.1"),
        int(os.environ.get("XIAOER_METRICS_PORT") or 0),
    )
    sys.argv[0] = "rasa"
    rasa_main()


def can_do_without_tensorflow(arguments: Sequence[str], environ: Mapping[str, str]) -> bool:
    """Tell whether the setting asks for it and no part of the model needs TensorFlow."""
    model = without_tensorflow.model_in(arguments)
    return (
        wishes(environ, without_tensorflow.NAME)
        and model is not None
        and not without_tensorflow.is_needed(model)
    )


if __name__ == "__main__":
    main()
