"""What training needs beyond the program itself."""

from __future__ import annotations

from importlib.util import find_spec

from prongsai.errors import ToolMissing

_MODULES = ("torch", "onnx", "fontTools")


def require_training() -> None:
    """Raises ToolMissing where a module that training needs is not installed."""
    missing = [name for name in _MODULES if find_spec(name) is None]
    if missing:
        raise ToolMissing(f"training needs {' and '.join(missing)}", "prongsai.training", "Install it: pip install 'prongsai[train]'")
