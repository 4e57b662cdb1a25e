"""`quality`: see DESIGN."""
