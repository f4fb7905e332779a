"""Mark English sentences for translation, and look the translation up when one is shown."""

from functools import lru_cache
from gettext import gettext


def N_(text: str) -> str:  # noqa: N802 - the name that extraction tools know
    """Return ``text`` unchanged; the mark makes it part of the translation template."""
    return text


@lru_cache(maxsize=4096)  # gettext asks the file system for its catalogue at every call
def translated(text: str) -> str:
    """Return ``text`` in the user's language, or as it stands.

    Whoever changes the language while the program runs calls ``translated.cache_clear()``.
    """
    return gettext(text) if text else text
