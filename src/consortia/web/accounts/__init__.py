"""People, the organisations they belong to, invitations, and the record of what everybody did."""
