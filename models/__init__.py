"""The vocabulary of XRM: pure data and checks, no input or output."""
