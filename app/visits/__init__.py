"""Contacts planned and held, and what came of them."""
