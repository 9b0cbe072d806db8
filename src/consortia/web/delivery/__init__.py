"""The agreed case and the savings account that is held against it."""
