"""Documents to facts: one package per network operating system."""
