"""What the registers of a study offer, and the projects that come of it."""
