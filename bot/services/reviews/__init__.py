"""Reviews of services, and inspections of them."""
