"""What a person looks at: the graph as one page, the graph as one picture."""
