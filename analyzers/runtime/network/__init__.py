"""What the app sends while it is watched, and where to."""
