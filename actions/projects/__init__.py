"""From land to construction: what the journey asks, and what is asked of a project."""
