"""One module for every family of files: bytes in, pieces out."""
