"""Banyan 榕树, a key-account planning workbench.

Nothing is imported here: Python runs this first, and importing a rule must
load neither Flask nor SQLAlchemy.
"""
