"""Which matter a text means, and what is said of it; matters that are meant by none."""
