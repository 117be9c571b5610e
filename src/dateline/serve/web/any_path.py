"""Paths that may hold any character, line ends too: ids come from elsewhere."""

from starlette.convertors import PathConvertor, register_url_convertor


class AnyPath(PathConvertor):
    """Starlette's ``path`` ends at a line's end, so that some ids would have no address."""

    regex = "(?s:.*)"


register_url_convertor("path", AnyPath())
