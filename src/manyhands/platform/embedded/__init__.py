"""`platform/embedded`: see DESIGN."""
