"""Where quads live: an output folder with whole generations of a store on disk."""
