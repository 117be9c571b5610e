"""The user's own actors, kept apart from the roster that comes with the package.

`adding` adds and imports them, `who` answers questions, `store` keeps them on disk, `known` puts
them behind the roster's names.
"""
