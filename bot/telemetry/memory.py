"""Gives back to the machine what a process needed only to start."""

import ctypes
import gc

SELDOM = (20_000, 25, 25)
"""After how many new objects garbage is looked for, and after how many looks the older is looked
through as well. Python's own 700 are for small programs: Rasa looked two times in three turns, in
one of them for a quarter of a millisecond, and found next to nothing (26 November 2026).
"""


def start_up() -> None:
    """Collect no garbage until `settle`.

    What a start loads lives as long as the process. Each collection in between walks through all of
    it, some hundred times, and finds next to nothing.
    """
    gc.disable()


def end_start_up() -> None:
    """Collect garbage again; `settle` does so too."""
    gc.enable()


def settle() -> None:
    """Drop what is garbage, spare what is left from being searched again, return free pages.

    Called once a process is ready, and once more after it has loaded a lot anew: a start leaves
    tens of megabytes of freed pages behind, which the allocator keeps, and a million objects that
    live as long as the process and that each full garbage collection would walk through.
    Without the GNU C library only the pages stay.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    gc.enable()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
