"""The commands as they are typed; each imports what it does when it is run, so that `--help` is printed at once."""
