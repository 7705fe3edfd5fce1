"""`python -m flows.cli`, the same as `asktell`."""

from flows.cli.main import main

main()
