"""Where a case stands: the register, its clocks, its news, and who may read it."""
