"""`planning`: see DESIGN."""
