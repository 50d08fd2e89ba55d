"""Legal status, worked out from what happened: the last step that surely lies behind us.

One rule, read twice: here for one policy, by PolicyQuerySet.with_status for all of them in the database.
"""

from collections.abc import Iterable
from datetime import date

from indicators.periods import Period

ENDINGS = ("repealed", "superseded", "expired")
ISSUING = ("adopted", "approved", "issued", "published", "launched")
OTHERS = ("announced", "batch", "amended", "evaluated")
# Types of step, whether one counts only once it has surely come, and what it makes of the act: the weightiest first.
# An act issued but effective only later is announced until then.
STEPS = (
    *(((ending,), True, ending) for ending in ENDINGS),
    (("effective",), True, "in_force"),
    (("effective",), False, "announced"),
    (ISSUING, True, "in_force"),
    ((*ISSUING, *ENDINGS, *OTHERS), False, "announced"),
    (("consulted",), False, "draft"),
)
NO_STEP = len(STEPS)


def legal_status(events: Iterable[tuple[str, Period]], programme: Period, *, today: date, decides: bool = True) -> str:
    """An undated step has happened; a dated one once its last possible day is over.

    An ending outweighs everything, then the end of the programme period. What decides nothing (a white paper) has no
    status.
    """
    if not decides:
        return "unknown"
    weightiest = min((_weight(type_, period, today) for type_, period in events), default=NO_STEP)
    if weightiest >= len(ENDINGS) and programme.end and programme.end < today:
        return "expired"
    return STEPS[weightiest][2] if weightiest < NO_STEP else "unknown"


def _weight(type_: str, period: Period, today: date) -> int:
    done = period.end is None or period.end <= today
    return next(n for n, (types, only_done, _status) in enumerate(STEPS) if type_ in types and (done or not only_done))
