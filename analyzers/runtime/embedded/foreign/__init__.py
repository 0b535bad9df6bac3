"""Programs that run outside our own Python, with the libraries of the runtime environment."""
