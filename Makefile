# Every target only calls tools/dev.py (standard library), so that Windows can use `py tools/dev.py TARGET`.
PYTHON ?= python3

.PHONY: setup demo test check docs serve bench lock clean
setup demo test check docs serve bench lock clean:
	@$(PYTHON) tools/dev.py $@
