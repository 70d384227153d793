"""What changes or ends a business that runs, and what follows from it."""
