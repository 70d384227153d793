"""Plugins of the test runner, loaded by `tests/conftest.py`."""
