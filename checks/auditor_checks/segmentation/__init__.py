"""Checks of the class segmentation."""
