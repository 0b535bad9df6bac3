"""Reviewed knowledge as data, and its loaders."""
