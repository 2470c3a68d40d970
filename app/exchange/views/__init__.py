"""Files into the workspace and out of it."""
