"""Watches an app run: what it opens, when, on whose behalf, and what it sends."""

from analyzers.runtime.availability import Problem, availability

__all__ = ["Problem", "availability"]
