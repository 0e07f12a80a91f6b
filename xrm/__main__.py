"""`python -m xrm` is the same as `xrm`."""

from xrm.cli import main

if __name__ == "__main__":
    main()
