"""The city's approval platform beside our register: pushed, polled, looked up."""
