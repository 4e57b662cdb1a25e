"""`cli`: see DESIGN."""
