"""Serve: the Python API, the command line, pages and tables."""
