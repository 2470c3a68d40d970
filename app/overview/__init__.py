"""What spans every feature: today, search, the shell."""
