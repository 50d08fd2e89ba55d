"""Close spellings: what a reader may have meant by a word that is found nowhere."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from indicators.texts import is_han

CLOSE, CLOSE_HAN = 0.7, 0.5  # one wrong character of two, in Chinese, is still close
CONSIDERED = 40  # how many share enough pairs of letters to be compared letter by letter
LONGEST = 30


def pairs(word: str) -> frozenset[str]:
    """Its pairs of neighbouring letters, beginning and end included."""
    framed = f"^{word}$"
    return frozenset(framed[at : at + 2] for at in range(len(framed) - 1))


class Vocabulary:
    """Words and short names worth suggesting."""

    def __init__(self, known: Iterable[str]) -> None:
        found = dict.fromkeys(word for word in known if 1 < len(word) <= LONGEST)
        self.known = [(word, pairs(word)) for word in found]

    def close_to(self, word: str, most: int = 3) -> list[str]:
        """The closest first."""
        mine, room = pairs(word), max(1, len(word) // 3)
        shared = [
            (len(mine & theirs) / (len(mine) + len(theirs)), other)
            for other, theirs in self.known
            if abs(len(other) - len(word)) <= room and other != word and not mine.isdisjoint(theirs)
        ]
        shared.sort(key=lambda pair: (-pair[0], pair[1]))
        least = CLOSE_HAN if is_han(word) else CLOSE
        judged = [(SequenceMatcher(None, word, other).ratio(), other) for _share, other in shared[:CONSIDERED]]
        judged = sorted((pair for pair in judged if pair[0] >= least), key=lambda pair: (-pair[0], pair[1]))
        found: list[str] = []
        for _ratio, other in judged:
            if not any(_same(other, kept) for kept in found):
                found.append(other)
        return found[:most]


def _same(one: str, other: str) -> bool:
    """One with an ending or with spaces more: shanghai, shang hai, shanghais."""
    one, other = one.replace(" ", ""), other.replace(" ", "")
    return one.startswith(other) or other.startswith(one)
