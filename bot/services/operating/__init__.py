"""What the operator switches, counts and watches."""
