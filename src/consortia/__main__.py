"""`python -m consortia` is the command line."""

from consortia.cli import main

main()
