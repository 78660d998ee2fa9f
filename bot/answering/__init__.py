"""The use cases that all surfaces call, and the ports they need."""
