"""How much of what readers asked is listed; a module of its own, so that printing `--help` loads nothing else."""

DEFAULT_DAYS = 30  # the length of a period if none is given
MAX_DAYS = 366
MAX_GAPS = 100
