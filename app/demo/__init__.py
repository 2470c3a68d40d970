"""The demo workspace: a fictitious distributor, made relative to today."""
