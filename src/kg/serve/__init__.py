"""SPARQL over HTTP: a function from request to response, and the sockets and processes around it."""
