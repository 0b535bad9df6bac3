"""Analyzers of Android packages."""
