"""Texts as a search compares them: folded, cut into words, scored, marked. What they are texts of it does not know.

Folding makes what readers take for the same the same: case, accents (ü → u), full width, compatibility forms, quotes,
dashes and brackets. Chinese has no spaces, so every Chinese character starts a word: a space stands between Chinese
and anything else, and none inside Chinese: “上海市“元宇宙”” is 上海市元宇宙, “AI产业” is the two words ai 产业.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

# How well a text answers, best first. Names count before other names, both before what is said about them.
EXACT, BEGINS_WORD, BEGINS, HAS_WORD, HAS_START, HAS_ALL, HAS_INSIDE, ABOUT, PIECES = range(9, 0, -1)
NAME, OTHER_NAME = 2, 1

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_INSIDE_HAN = re.compile(f"(?<=[{HAN}]) (?=[{HAN}])")
_EDGE_OF_HAN = re.compile(f"(?<=[{HAN}])(?=[^{HAN} ])|(?<=[^{HAN} ])(?=[{HAN}])")
_HAN = re.compile(f"[{HAN}]")
APOSTROPHES = "'`´’‘ʼ＇"
DROPPED = ("Mn", "Me", "Cf", "Cs")  # marks above and below, and what cannot be seen
FEW_WORDS = 3  # “Shang hai” is also looked for as shanghai; whole sentences are not
SHORTEST_PIECE = 2
LONGEST_IN_PIECES = 24  # characters; the work grows with their square
MOST_FOLDED = 8192  # characters remembered: many more than texts hold, fewer than a reader could send


class _Folding(dict[int, str]):
    """What each character becomes; filled as characters are met, and begun anew when it is full."""

    def __missing__(self, code: int) -> str:
        if len(self) >= MOST_FOLDED:
            self.clear()
        self[code] = folded = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    before, now = "", character
    while before != now:
        before, now = now, unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", now).casefold())
        now = "".join(part for part in now if part not in APOSTROPHES and unicodedata.category(part) not in DROPPED)
    return "".join(part if unicodedata.category(part)[0] in "LNM" else " " for part in now)


_FOLDING = _Folding()


def words(text: str) -> list[str]:
    """The words of a query as typed: 上海 元宇宙 are two."""
    return _EDGE_OF_HAN.sub(" ", text.translate(_FOLDING)).split()


def fold(text: str) -> str:
    return _INSIDE_HAN.sub("", " ".join(words(text)))


def is_han(text: str) -> bool:
    return bool(_HAN.search(text))


def spellings(text: str) -> list[str]:
    """The folded text, and with v for ü, as pinyin is typed: Lüda is luda and lvda."""
    found = [fold(text)]
    if text.isascii():
        return found
    composed = unicodedata.normalize("NFC", text)
    if "ü" in composed.lower():
        found.append(fold(composed.replace("ü", "v").replace("Ü", "V")))
    return found


def _lines(texts: Iterable[str]) -> str:
    """One string that holds every text between line ends, so that one look finds where a text begins and ends."""
    kept = list(dict.fromkeys(filter(None, texts)))
    return "\n" + "\n".join(kept) + "\n" if kept else ""


@dataclass(frozen=True)
class Text:
    """What can be found of one thing. `heads` may only begin with what is looked for (a title without its city's
    name); `codes` are found from their beginning, whole or in part; `about` is found last."""

    names: str
    others: str = ""
    heads: str = ""
    joined: str = ""
    everything: str = field(default="", repr=False)

    @classmethod
    def of(
        cls,
        names: Sequence[str],
        others: Sequence[str] = (),
        heads: Sequence[str] = (),
        codes: Sequence[str] = (),
        about: Sequence[str] = (),
    ) -> "Text":
        own = [one for name in names for one in spellings(name)]
        other = [one for name in others for one in spellings(name)]
        short = [one.replace(" ", "") for one in (*own, *other) if one.count(" ") < FEW_WORDS]
        joined = [*short, *(fold(code).replace(" ", "") for code in codes)]
        said = [_lines(own), _lines(other), _lines(map(fold, about))]
        return cls(said[0], said[1], _lines(map(fold, heads)), _lines(joined), "".join(said))


class Query:
    """What a reader looks for. Without a letter or digit there is nothing to look for."""

    def __init__(self, text: str) -> None:
        self.words = list(dict.fromkeys(words(text)))
        self.phrase = fold(text)
        self.joined = self.phrase.replace(" ", "")
        self.han = is_han(self.phrase[:1])
        self.is_letter = len(self.phrase) == 1 and not self.han  # which is anywhere: only names that begin with it
        self.whole, self.at_begin, self.at_word = f"\n{self.phrase}\n", f"\n{self.phrase}", f" {self.phrase}"

    def __bool__(self) -> bool:
        return bool(self.words)

    @cached_property
    def has_han(self) -> bool:
        return is_han(self.phrase)


def score(text: Text, query: Query) -> int:
    """How well the text answers, 10 × class + field; 0 where it does not. Every word must be there, in any field."""
    if not query:
        return 0
    joined = _joined(text, query) if query.joined in text.joined else 0
    everything = text.everything
    for word in query.words:
        if word not in everything:
            return joined
    if query.is_letter and query.at_begin not in text.names and query.at_begin not in text.others:
        return joined
    best = max(joined, _placed(text.names, query, NAME), _placed(text.others, query, OTHER_NAME))
    if query.at_begin in text.heads:
        best = max(best, _heads(text, query))
    return best or 10 * _together(text, query)


def _joined(text: Text, query: Query) -> int:
    if f"\n{query.joined}" not in text.joined:
        return 0
    whole = f"\n{query.joined}\n" in text.joined
    return 10 * (EXACT if whole else BEGINS) if whole or len(query.joined) > 1 else 0


def _heads(text: Text, query: Query) -> int:
    return 10 * (BEGINS_WORD if query.han or _ends_word(text.heads, query.at_begin) else BEGINS) + NAME


def _ends_word(lines: str, start: str) -> bool:
    return f"{start} " in lines or f"{start}\n" in lines


def _placed(lines: str, query: Query, where: int) -> int:
    """Where the words stand one after the other in one of these texts."""
    if query.phrase not in lines:
        return 0
    if query.at_begin in lines:
        if query.whole in lines:
            found = EXACT
        else:
            found = BEGINS_WORD if query.han or _ends_word(lines, query.at_begin) else BEGINS
    elif query.han:
        found = HAS_WORD
    elif query.at_word in lines:
        found = HAS_WORD if _ends_word(lines, query.at_word) else HAS_START
    else:
        found = HAS_INSIDE
    return 10 * found + where


def _together(text: Text, query: Query) -> int:
    """The words stand apart: all at the start of words of the names, inside them, or partly in what is said about."""
    named = text.names + text.others
    if all(word in named for word in query.words):
        starts = all(is_han(word[0]) or f" {word}" in named or f"\n{word}" in named for word in query.words)
        return HAS_ALL if starts else HAS_INSIDE
    return ABOUT


def loosely(text: Text, query: Query) -> int:
    """Chinese typed without a space: 上海元宇宙 is found where its pieces 上海 and 元宇宙 are; two in the names are as
    good as two words."""
    named, everything = text.names + text.others, text.everything
    found = HAS_ALL
    for word in query.words:
        if word in named:
            continue
        if is_han(word) and _pieces(word, named) == 2:
            continue
        if word not in everything and not (is_han(word) and _pieces(word, everything)):
            return 0
        found = PIECES
    return 10 * found


def _pieces(word: str, lines: str) -> int:
    """Into how few pieces of two characters or more, each of them found, the word can be cut; 0 if it cannot."""
    if len(word) > LONGEST_IN_PIECES or word[:SHORTEST_PIECE] not in lines or word[-SHORTEST_PIECE:] not in lines:
        return 0  # the first and the last piece are at least that long
    fewest = [0] * (len(word) + 1)
    for end in range(SHORTEST_PIECE, len(word) + 1):
        starts = (start for start in range(end - SHORTEST_PIECE + 1) if not start or fewest[start])
        counts = [fewest[start] + 1 for start in starts if word[start:end] in lines]
        fewest[end] = min(counts, default=0)
    return fewest[-1]


def marked(text: str, query: Query) -> list[tuple[str, bool]]:
    """The text in parts, True for what was looked for. The parts joined are the text."""
    signs = [(sign, at) for at, one in enumerate(text) for sign in one.translate(_FOLDING)]
    hits = _hits("".join(sign for sign, _ in signs), query.words)
    if not hits and query.words:
        signs = [(sign, at) for sign, at in signs if sign != " "]
        hits = _hits("".join(sign for sign, _ in signs), [query.joined])
    lit = [False] * len(text)
    for start, end in hits:
        first, last = signs[start][1], signs[end - 1][1]
        lit[first : last + 1] = [True] * (last + 1 - first)
    parts: list[tuple[str, bool]] = []
    for sign, is_lit in zip(text, lit, strict=True):
        if parts and parts[-1][1] == is_lit:
            parts[-1] = (parts[-1][0] + sign, is_lit)
        else:
            parts.append((sign, is_lit))
    return parts


def _hits(folded: str, wanted: Iterable[str]) -> list[tuple[int, int]]:
    """Where the words stand; at the start of words where there are such places, else anywhere."""
    found = []
    for word in wanted:
        every = [(one.start(), one.end()) for one in re.finditer(re.escape(word), folded)]
        if not is_han(word[0]):
            starts = [hit for hit in every if not hit[0] or folded[hit[0] - 1] == " " or is_han(folded[hit[0] - 1])]
            every = starts or (every if len(word) > 1 else [])
        found += every
    return found
