"""The planning cycle: seven phases, goals, actions."""
