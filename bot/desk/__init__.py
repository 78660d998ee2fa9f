"""The editors' desk in a browser: what readers lack, what they report, and how each fact can be asked for."""
