"""What the checkers of a built catalogue share."""
