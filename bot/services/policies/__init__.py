"""Policies for enterprises: which fit, why, what they give, and news of them."""
