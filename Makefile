# Everything a person types. Needs Python 3.11 or newer and make; the rest is set up by the bootstrap program.
PYTHON ?= python3

.PHONY: demo test check bench soak clean

demo test check bench soak: ; @$(PYTHON) bootstrap $@
