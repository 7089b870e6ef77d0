"""What a person asks of a finished graph: query, explain, check, export, compare with gold."""
