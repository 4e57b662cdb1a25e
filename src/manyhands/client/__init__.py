"""`client`: see DESIGN."""
