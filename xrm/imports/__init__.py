"""Imports that the API has asked for, in processes of their own: one that watches over, one that carries out."""
