"""The review of a return on the site: what is open, what was done to the numbers, who says what to it."""
