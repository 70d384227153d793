"""What the approval platform pushes to us."""
