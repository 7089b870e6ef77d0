"""From a document to its claims: one document at a time, pure, without any RDF."""
