"""Local days, working time and due times."""
