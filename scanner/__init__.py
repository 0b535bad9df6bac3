"""The application: command line, pipeline, workspace."""

__version__ = "0.1.0"
