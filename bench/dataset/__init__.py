"""The seeded data set, one file for each subject."""
