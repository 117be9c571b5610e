"""The archive's tables from version to version."""
