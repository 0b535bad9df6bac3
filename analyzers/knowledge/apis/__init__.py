"""The table of sensitive APIs: what the code may call, what it gives away, what it weighs."""

from analyzers.knowledge.apis.model import ApiError, ApiRow, Argument
from analyzers.knowledge.apis.table import (
    api,
    apis_for_member,
    apis_for_permission,
    load_apis,
    permissions_for_api,
)

__all__ = [
    "ApiError",
    "ApiRow",
    "Argument",
    "api",
    "apis_for_member",
    "apis_for_permission",
    "load_apis",
    "permissions_for_api",
]
