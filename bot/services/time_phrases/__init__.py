"""Phrases that people say for a day and a time of day, as a date and a time."""
