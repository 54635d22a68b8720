"""What serves development and the demonstration alone: never imported by the site itself."""
