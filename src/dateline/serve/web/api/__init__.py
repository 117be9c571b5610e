"""The API: all that the command line can ask and say, as JSON under ``/api/v1``, described by OpenAPI."""

from dateline.serve.web.api.application import create_api

__all__ = ["create_api"]
