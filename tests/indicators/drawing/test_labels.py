"""Names beside points: at no size does one cover another, or a point that is not its own."""

from random import Random

import pytest

from indicators.drawing import labels
from indicators.drawing.labels import NARROW, WIDE, Anchor


def crowd(seed, n=60):
    random = Random(seed)  # noqa: S311 - places of a test
    return [Anchor(random.random(), random.random(), f"City {i}", 0.01 * random.random()) for i in range(n)]


def boxes(found, size, *, wide):
    return [labels._box(one.anchor, one.side, size) for one in found if wide or not one.wide]


def meet(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("lines", [False, True])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_names_cover_neither_each_other_nor_other_points(seed, lines, width):
    anchors, size = crowd(seed), (width, width * 1.2)
    found = labels.placed(anchors, narrow=1.2, wide=1.2, lines=lines)
    names = boxes(found, size, wide=width == WIDE)
    assert len(names) > 10
    assert not [(i, j) for i in range(len(names)) for j in range(i) if meet(names[i], names[j])]
    shown = [one.anchor for one in found if width == WIDE or not one.wide]
    for anchor, name in zip(shown, names, strict=True):
        assert not [other for other in anchors if other is not anchor and meet(labels._around(other, size), name)]
        assert name[0] >= 0 and name[2] <= size[0] and name[1] >= 0 and name[3] <= size[1]


def test_more_names_fit_a_wide_page_than_a_phone():
    found = labels.placed(crowd(1), narrow=1.2, wide=1.2)
    assert 0 < len([one for one in found if not one.wide]) < len(found)


def test_the_first_ones_are_named_first_and_no_more_than_asked_for():
    anchors = [Anchor(0.5, 0.1 * i, f"City {i}") for i in range(1, 9)]
    found = labels.placed(anchors, narrow=1, wide=1, most=(2, 3))
    assert [(one.anchor.words, one.wide) for one in found] == [("City 1", False), ("City 2", False), ("City 3", True)]


def test_no_name_enters_what_is_taken_but_a_strong_one_stands_over_other_points():
    one, other = Anchor(0.5, 0.5, "one"), Anchor(0.54, 0.5, "")
    ring = [
        Anchor(0.5 + dx, 0.5 + dy, "") for dx in (-0.04, -0.02, 0, 0.02, 0.04) for dy in (-0.03, 0, 0.03) if dx or dy
    ]
    assert not labels.placed([one, other], narrow=1, wide=1, taken=[(0, 0, 1, 1)])
    assert not labels.placed([one, *ring], narrow=1, wide=1)
    assert labels.placed([one, *ring], narrow=1, wide=1, strong=[one])


def test_lines_to_names_cross_no_other_line():
    found = labels.placed(crowd(2, 80), narrow=1.2, wide=1.2, lines=True)
    size = (WIDE, WIDE * 1.2)
    lines = [labels._ends(one.anchor, one.side, size) for one in found if one.side.line]
    assert len(lines) > 3
    assert not [1 for i in range(len(lines)) for j in range(i) if labels._cross(*lines[i], *lines[j])]


def test_chinese_letters_are_square():
    assert labels.width("上海") > labels.width("ab")
