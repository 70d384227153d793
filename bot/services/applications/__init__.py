"""Applications that are handed in here: filled in, completed, received and decided."""
