"""Documents that we give out or take in: numbers, links, signatures, reminders."""
