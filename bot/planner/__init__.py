"""Working days, plans as graphs, critical paths. Pure functions over `bot.domain`; given "now" and the calendar."""
