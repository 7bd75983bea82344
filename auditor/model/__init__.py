"""Types only: immutable, slotted, without behaviour beyond small properties."""
