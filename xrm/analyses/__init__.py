"""Runs of analytics in processes of their own, so that serving goes on: one that watches over, one that computes."""
