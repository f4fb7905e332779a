"""Find files that ship with the program: icons, fonts, wording, questionnaires, catalogues."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
# In an installed or frozen program the folder lies inside the package; in a checkout beside src/.
_ROOTS = (_PACKAGE / "resources", _PACKAGE.parent.parent / "resources")


def resource(*parts: str) -> Path:
    """Return the path of one shipped file or folder, such as ``resource("icons", "save.svg")``.

    Raises:
        FileNotFoundError: the program was shipped without it.
    """
    for root in _ROOTS:
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError("missing resource: " + "/".join(parts))
