"""Text to trees with line numbers; knows shapes of text, no vendor's words."""
