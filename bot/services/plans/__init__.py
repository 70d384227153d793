"""Plans for opening, building, changing and closing: made, kept, followed, recomputed."""
