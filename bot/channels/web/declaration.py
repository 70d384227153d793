"""What the chat page can do."""

from bot.domain.channels import Abilities, Declaration

WEB = Declaration(
    name="web",
    # the page shows pictures and files as links to them
    abilities=Abilities(buttons=True, typing=True, pushed=False),
)
