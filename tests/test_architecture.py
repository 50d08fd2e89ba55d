"""Arrows point one way: config → policies → indicators; the pure modules know no Django at all."""

import ast
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
FORBIDDEN = {"indicators": {"policies", "config"}, "policies": {"config"}}
PURE = [
    "indicators/periods.py",
    "indicators/claims.py",
    "indicators/rankings.py",
    "indicators/drawing/charts.py",
    "indicators/drawing/data.py",
    "indicators/derivations.py",
    "indicators/change.py",
    "indicators/comparability.py",
    "indicators/comparison/pairing.py",
    "indicators/comparison/named_cities.py",
    "indicators/drawing/sparks.py",
    "indicators/profile/standing.py",
    "indicators/profile/alike.py",
    "indicators/drawing/maps.py",
    "indicators/drawing/labels.py",
    "indicators/drawing/scatter.py",
    "indicators/drawing/slopes.py",
    "indicators/texts.py",
    "indicators/spellings.py",
    "indicators/imports/plan.py",
    "policies/timeline.py",
    "policies/verdicts.py",
    "policies/drawing.py",
    "policies/dating.py",
    "policies/status.py",
    "policies/trees.py",
]
PURE += sorted(str(path.relative_to(HOUSE)) for path in (HOUSE / "indicators/composite").glob("*.py"))
ARITHMETIC = {"indicators/composite": "numpy"}  # the one package a pure module may use, and where
PURE_NAMES = {name.removesuffix(".py").replace("/", ".") for name in PURE}


def imported(path):
    """Every module name a file imports, wherever in the file it does so."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def sources():
    return [path for app in ("config", "policies", "indicators") for path in (HOUSE / app).rglob("*.py")]


@pytest.mark.parametrize("app", FORBIDDEN)
def test_no_import_points_back(app):
    back = [
        f"{path.relative_to(HOUSE)}: {name}"
        for path in (HOUSE / app).rglob("*.py")
        for name in imported(path)
        if name.split(".")[0] in FORBIDDEN[app]
    ]
    assert not back


@pytest.mark.parametrize("name", PURE)
def test_a_pure_module_imports_only_the_standard_library_and_other_pure_modules(name):
    allowed = {*sys.stdlib_module_names, ARITHMETIC.get(str(Path(name).parent))}
    for module in imported(HOUSE / name):
        pure = any(module == one or module.startswith(f"{one}.") for one in PURE_NAMES)
        package_of_pure = any(one.startswith(f"{module}.") for one in PURE_NAMES)  # from indicators import claims
        assert module.split(".")[0] in allowed or pure or package_of_pure, f"{name}: {module}"


def test_no_file_outgrows_a_room_and_none_is_called_utils():
    written = [path for path in sources() if "migrations" not in path.parts]
    assert not [str(path) for path in written if len(path.read_text().splitlines()) > 400]
    assert not [str(path) for path in written if path.stem in ("utils", "helpers", "misc")]
