"""The parts of tools/build_reference.py: each module writes the shipped tables of one subject."""
