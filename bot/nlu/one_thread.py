"""Keeps numpy's matrix library from waking a thread for each core.

OpenBLAS starts one thread a core and lets them spin for a while after each product. The products
of a turn take microseconds, so the spinning costs more than it can save, and it takes the core of
the action server: 94 `sched_yield` a turn were counted. Must be called before numpy is imported.
"""

from collections.abc import MutableMapping

from bot import one_blas_thread

NAME = "one_thread"
"""As `XIAOER_RASA_LEVERS` names it."""

SETTING = one_blas_thread.SETTING


def use(environ: MutableMapping[str, str]) -> None:
    """Ask for one thread, unless the operator has asked for something."""
    environ.setdefault(SETTING, "1")
