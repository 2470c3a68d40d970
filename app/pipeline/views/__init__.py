"""The board and its lists, one deal, what happens to it; reviews and forecasts."""
