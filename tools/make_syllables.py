"""Make resources/reading/en_syllables.txt from a file of the CMU Pronouncing Dictionary.

    python tools/make_syllables.py path/to/cmudict.dict

The rules of ``domain/syllables.py`` come first. Corrections are learnt step by step: letters (with
^ and $ for the ends of a word) that make more words right than wrong when they add or take away a
syllable. What is still wrong becomes an exception. Says how many words of the dictionary are right.
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections import Counter, defaultdict
from pathlib import Path

from intake_app.domain.syllables import Syllables, by_rule, owner_of

TARGET = Path(__file__).parents[1] / "resources" / "reading" / "en_syllables.txt"
LONGEST_PART, FEWEST_GAINED, TRIED = 7, 5, 1500
HEAD = """\
# Made by tools/make_syllables.py from the CMU Pronouncing Dictionary: CMUDICT-LICENSE.txt.
# Lines with + and -: parts of words (^ and $ are the ends) that have a syllable more or less than
# the rules of spelling say. Lines with a number: words that both get wrong, by their syllables.
"""
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")
_SOUND = re.compile(r"[A-Z]+[0-2]")
Heard = dict[str, set[int]]


def main(source: str) -> None:
    """Write the file and say how good it is."""
    heard = read_dictionary(Path(source).read_text(encoding="utf-8"))
    by_bare = without_owners(heard)
    corrections, counted = learn(by_bare)
    wrong = {w: min(by_bare[w]) for w, n in counted.items() if n not in by_bare[w]}
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(written(corrections, wrong), encoding="utf-8")
    for name, count in (
        ("rules alone", Syllables()),
        ("with corrections", Syllables(corrections)),
        ("with exceptions", Syllables(corrections, wrong)),
    ):
        right = sum(count.of(word) in numbers for word, numbers in heard.items())
        print(f"{name}: {right} of {len(heard)} words right, {100 * right / len(heard):.2f} %")
    print(f"{len(corrections)} corrections, {len(wrong)} exceptions, {TARGET.stat().st_size} bytes")


def read_dictionary(text: str) -> Heard:
    """Return each word with the numbers of syllables it can have."""
    heard: Heard = {}
    for line in text.splitlines():
        entry = line.partition("#")[0].split()
        word = re.sub(r"\(\d+\)$", "", entry[0]) if entry else ""
        if _WORD.fullmatch(word):
            sounds = sum(bool(_SOUND.fullmatch(part)) for part in entry[1:])
            heard.setdefault(word, set()).add(sounds)
    return heard


def without_owners(heard: Heard) -> Heard:
    """Return the words without ``'s``, which adds a syllable by rule."""
    bare: Heard = {}
    for word, numbers in heard.items():
        name, more = owner_of(word)
        bare.setdefault(name, set()).update(number - more for number in numbers)
    return bare


def learn(heard: Heard) -> tuple[list[tuple[str, int]], dict[str, int]]:
    """Return the corrections in the order they were learnt, and what is counted with them."""
    counted = {word: by_rule(word) for word in heard}
    corrections: list[tuple[str, int]] = []
    given_up: set[tuple[str, int]] = set()
    while step := best_parts(heard, counted, given_up):
        corrections += step
    return corrections, counted


def best_parts(
    heard: Heard, counted: dict[str, int], given_up: set[tuple[str, int]]
) -> list[tuple[str, int]]:
    """Apply the parts that gain most and do not touch one another's words; return them."""
    wanted = candidates(heard, counted, given_up)
    found = words_with({part for part, _ in wanted}, heard)
    gains = []
    for part, add in wanted:
        gain = gained(found[part], add, heard, counted)
        if gain < FEWEST_GAINED:
            given_up.add((part, add))
        else:
            gains.append((-gain, part, add))
    touched: set[str] = set()
    taken = []
    for _, part, add in sorted(gains):
        if touched.isdisjoint(found[part]):
            for word in found[part]:
                counted[word] += add
            touched |= found[part]
            taken.append((part, add))
    return taken


def candidates(
    heard: Heard, counted: dict[str, int], given_up: set[tuple[str, int]]
) -> list[tuple[str, int]]:
    """Return the parts that stand most often in words that are counted wrong."""
    seen: Counter[tuple[str, int]] = Counter()
    for word, numbers in heard.items():
        if counted[word] not in numbers:
            add = 1 if min(numbers) > counted[word] else -1
            seen.update((part, add) for part in parts_of(word))
    often = ((key, times) for key, times in seen.most_common() if key not in given_up)
    return [key for key, times in often if times >= FEWEST_GAINED][:TRIED]


def parts_of(word: str) -> set[str]:
    """Return every run of two to seven signs of a marked word."""
    marked = f"^{word}$"
    return {
        marked[start:end]
        for start in range(len(marked))
        for end in range(start + 2, min(len(marked), start + LONGEST_PART) + 1)
    }


def words_with(parts: set[str], heard: Heard) -> dict[str, set[str]]:
    """Return the words that have each part."""
    found: dict[str, set[str]] = defaultdict(set)
    for word in heard:
        for part in parts_of(word) & parts:
            found[part].add(word)
    return found


def gained(words: set[str], add: int, heard: Heard, counted: dict[str, int]) -> int:
    """Return how many more words are right when each gets ``add`` syllables."""
    return sum(
        ((counted[word] + add) in heard[word]) - (counted[word] in heard[word]) for word in words
    )


def written(corrections: list[tuple[str, int]], wrong: dict[str, int]) -> str:
    """Return the text of the file."""
    lines = [HEAD.rstrip()]
    for sign, add in (("+", 1), ("-", -1)):
        lines += rows(sign, sorted(part for part, more in corrections if more == add))
    for number in sorted(set(wrong.values())):
        lines += rows(str(number), sorted(word for word in wrong if wrong[word] == number))
    return "\n".join(lines) + "\n"


def rows(first: str, words: list[str]) -> list[str]:
    """Return lines of words that each begin with ``first``."""
    packed = textwrap.wrap(" ".join(words), 300, break_on_hyphens=False, break_long_words=False)
    return [f"{first} {line}" for line in packed]


if __name__ == "__main__":
    main(sys.argv[1])
