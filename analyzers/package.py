"""What an analyzer is handed: one opened app package, its parts read on first use."""
