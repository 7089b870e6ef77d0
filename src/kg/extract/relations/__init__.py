"""Relations: slot patterns and what the build of names, lists and pages states."""
