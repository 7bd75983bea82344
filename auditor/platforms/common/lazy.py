"""Parts of a platform that are imported when they are first needed: eleven readers at once would make every start slow."""

import importlib
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def function(module: str, name: str, kind: type[T]) -> Callable[..., T]:
    """A function of a module that is imported at the first call; it has to return a `kind`."""

    def call(*arguments: object) -> T:
        found = getattr(importlib.import_module(module), name)(*arguments)
        if not isinstance(found, kind):
            raise TypeError(f"{module}.{name} gives no {kind.__name__}")
        return found

    return call


def value(module: str, name: str, kind: type[T]) -> Callable[[], T]:
    """A function that gives a value of a module, imported at the first call."""

    def load() -> T:
        found = getattr(importlib.import_module(module), name)
        if not isinstance(found, kind):
            raise TypeError(f"{module}.{name} is no {kind.__name__}")
        return found

    return load
