"""What a terminal can do: text only, so buttons are numbers and files are links."""

from bot.domain.channels import Abilities, Declaration

TERMINAL = Declaration(name="terminal", abilities=Abilities(pushed=False))
