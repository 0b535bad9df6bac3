"""What the permissions of the platform mean."""
