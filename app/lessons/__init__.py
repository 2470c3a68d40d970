"""Lessons of decided deals, and the watches that bring them back."""
