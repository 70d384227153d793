"""The whole product as real processes: what `xiaoer evaluate dialogues` starts as well."""

from bot.operations.stack import Stack, running_stack

__all__ = ["Stack", "running_stack"]
