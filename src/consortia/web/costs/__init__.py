"""Pages on what a partner's activities cost and what services may cost, from the tables of the run room."""
