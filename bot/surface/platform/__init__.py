"""What all Discord code shares: sending, limits, rendering, buttons, pages, cooldowns, command sync."""
