"""Where a type checker finds the areas: the stub beside this module in a wheel lists them."""

from ._operations import Areas, Operations

__all__ = ["Areas", "Operations"]
