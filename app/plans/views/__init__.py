"""The pages of plans: the list, one plan, its phases, its goals, its actions."""
