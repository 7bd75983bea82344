"""Measures speed and memory. Nothing here is asserted in a test."""
