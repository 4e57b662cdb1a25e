"""`store`: see DESIGN."""
