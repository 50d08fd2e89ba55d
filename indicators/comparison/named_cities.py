"""Which cities an address or a form names: known ones in the reader's order, the unknown, those named twice. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

VERSUS = re.compile(r"(?:^|/)vs(?:/|$)")
LONGEST = 100  # of a slug; longer ones are nobody's


@dataclass(frozen=True, slots=True)
class Named:
    known: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    shared: tuple[tuple[str, tuple[str, ...]], ...] = ()  # a name and the several cities that have it
    twice: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()  # known, but beyond the most that can be shown


def split(path: str) -> list[str]:
    """The names in “beijing/vs/shanghai”; empty parts are nothing."""
    return [part for part in VERSUS.split(path.strip("/")) if part.strip("/ ")]


def read(names: Iterable[str], slugs: Mapping[str, Sequence[str]], *, most: int) -> Named:
    """`slugs` leads from every spelling in small letters (slug, name, alias) to the slugs of all who have it."""
    known: list[str] = []
    unknown: list[str] = []
    shared: dict[str, tuple[str, ...]] = {}
    twice: list[str] = []
    for said in names:
        text = said.replace("\x00", "").strip("/ ").casefold()
        owners = slugs.get(text) or slugs.get(text.replace("-", " ")) or slugs.get(text.replace(" ", "-")) or ()
        if not owners:
            unknown.append(said.replace("\x00", "")[:LONGEST])
        elif len(owners) > 1:
            shared[text] = tuple(owners)
        elif owners[0] in known:
            twice.append(owners[0])
        else:
            known.append(owners[0])
    once = tuple(dict.fromkeys(twice))
    return Named(tuple(known[:most]), tuple(dict.fromkeys(unknown)), tuple(shared.items()), once, tuple(known[most:]))


def nearest(name: str, slugs: Mapping[str, Sequence[str]]) -> str:
    """The slug whose spelling is nearest to a name nobody has; empty where none is near."""
    close: Sequence[str] = get_close_matches(name.strip("/ ").casefold()[:LONGEST], list(slugs), n=1, cutoff=0.72)
    return slugs[close[0]][0] if close else ""
