"""The verbs of the `banyan` command, one module each subject."""
