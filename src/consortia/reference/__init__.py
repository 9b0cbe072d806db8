"""Published lists and values, dated and cited: every table lies in `tables/`, written by tools/build_reference.py."""
