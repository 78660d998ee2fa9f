"""The use cases that every surface calls, and the ports they need."""
