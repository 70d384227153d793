"""What the chat page can do."""

from bot.domain.channels import Abilities, Declaration

WEB = Declaration(
    name="web",
    abilities=Abilities(
        buttons=True, images=True, files=True, typing=True, read_state=False, pushed=False
    ),
)
