"""Holds numpy's matrix library to one thread in a process that has loaded it already.

What `bot/nlu/one_thread.py` asks of Rasa by the environment, for processes of ours: a turn makes
many small products, and behind each the threads of the other cores spin for a while. Of the action
server's time half was such spinning (docs/performance.md).
"""

from collections.abc import Mapping

SETTING = "OPENBLAS_NUM_THREADS"
"""By this an operator asks for another number of threads."""


def hold(environ: Mapping[str, str]) -> None:
    """Use one thread from now on, unless the operator has asked for something."""
    if SETTING in environ:
        return
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 - scikit-learn's, not outward

    threadpool_limits(limits=1, user_api="blas")  # type: ignore[no-untyped-call]
