"""A partner's own codes onto the common tree: what is suggested and why, and what people accepted."""
