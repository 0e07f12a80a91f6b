# Everything a person types. Needs Python 3.11 or newer and make; the rest is set up by the bootstrap program.
# More arguments go in ARGS: make test ARGS="-k northwind"
PYTHON ?= python3

.PHONY: demo test check bench soak reference lock
demo test check bench soak reference lock: ; @$(PYTHON) bootstrap $@ $(ARGS)
