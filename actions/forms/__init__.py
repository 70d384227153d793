"""The engine of all forms: asking, reading, correcting, pausing, taking up again."""
