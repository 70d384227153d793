"""What is asked of a licence or a paper: who grants it, lost, lapsed, lent, needed or not."""
