"""What every room of the surface stands on: sending, limits, drawing, buttons, pages, and what Discord asks for."""
