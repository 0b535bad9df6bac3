"""Analyzers of iOS apps: property lists, signature, and what the executables import and send."""
