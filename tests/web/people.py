"""Names that the tests of the site share."""

PASSWORD = "four unrelated quiet words"
COUNCILS = (
    "Burnley", "Pendle", "Hyndburn", "Rossendale", "Ribble Valley",
    "Blackburn with Darwen", "Chorley", "Preston", "South Ribble", "Lancaster",
)  # fmt: skip
BURNLEY, PENDLE = "E07000117", "E07000122"
