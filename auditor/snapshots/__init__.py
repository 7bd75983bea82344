"""Snapshots on disk: what a collection wrote down, in a folder or one file; resumed, verified, signed and encrypted."""
