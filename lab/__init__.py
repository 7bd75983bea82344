"""The lab: containers with real software, emulated devices, and what starts them."""
