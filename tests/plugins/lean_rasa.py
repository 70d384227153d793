"""Tests that import parts of Rasa do so without TensorFlow, as the product runs.

Every worker imports all modules of tests, and TensorFlow takes three seconds of each.
"""

from bot.nlu import without_tensorflow


def pytest_configure() -> None:
    """Leave it out before the first module of tests is imported."""
    without_tensorflow.leave_out()
