"""Key accounts: what they are, who serves them, how they are classed."""
