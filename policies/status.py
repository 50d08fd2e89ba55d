"""Legal status, worked out from what happened: the last step that surely lies behind us."""

from collections.abc import Iterable
from datetime import date

from indicators.periods import Period

ENDINGS = ("repealed", "superseded", "expired")
ISSUING = ("adopted", "approved", "issued", "published", "launched")


def legal_status(events: Iterable[tuple[str, Period]], programme: Period, *, today: date, decides: bool = True) -> str:
    """An undated step has happened; a dated one once its last possible day is over.

    An ending outweighs everything, then the end of the programme period; an act issued but effective only later is
    announced until then. What decides nothing (a white paper) has no status.
    """
    if not decides:
        return "unknown"
    steps = list(events)
    done = {type_ for type_, period in steps if period.end is None or period.end <= today}
    ending = next((type_ for type_ in ENDINGS if type_ in done), "")
    if ending:
        return ending
    if programme.end and programme.end < today:
        return "expired"
    if "effective" in done:
        return "in_force"
    if done.intersection(ISSUING):
        return "announced" if any(type_ == "effective" for type_, _ in steps) else "in_force"
    if steps and {type_ for type_, _ in steps} == {"consulted"}:
        return "draft"
    return "announced" if steps else "unknown"
