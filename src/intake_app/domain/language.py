"""Mark English sentences for translation, and look the translation up when one is shown."""

from functools import lru_cache
from gettext import NullTranslations

_CATALOGUE = NullTranslations()
"""English: every text stands for itself. (The module's own ``gettext`` searches the disk first.)"""


def N_(text: str) -> str:  # noqa: N802 - the name that extraction tools know
    """Return ``text`` unchanged; the mark makes it part of the translation template."""
    return text


@lru_cache(maxsize=4096)
def translated(text: str) -> str:
    """Return ``text`` in the user's language, or as it stands.

    Whoever changes the language while the program runs calls ``translated.cache_clear()``.
    """
    return _CATALOGUE.gettext(text) if text else text
