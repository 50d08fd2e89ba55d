"""What a load would do, worked out in full before anything is written.

Files are compared with what is stored, both as canonical text. A row is new, updated, the same, or kept: an editor
changed or removed it since the last load, and a load never overwrites that. Every error of every file is found in
one go, with its file, line and column. No Django here: the model's own rules come in through `check`.
"""

import csv
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Context, Decimal
from difflib import get_close_matches
from typing import Any

TEXT, CHOICE, FILE, INTEGER, DECIMAL = "text", "choice", "file", "integer", "decimal"
BOOLEAN, DATE, DATETIME, REFERENCE, MANY = "boolean", "date", "datetime", "reference", "many"
NEW, UPDATED, SAME, KEPT = "new", "updated", "same", "kept"
ACTIONS = (NEW, UPDATED, SAME, KEPT)

Values = dict[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """`keeps`: an empty cell leaves what is stored. `fresh` makes the value of a new row that gives none."""

    name: str
    kind: str = TEXT
    default: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    target: str = ""
    keeps: bool = False
    fresh: Callable[[], str] | None = None


@dataclass(frozen=True)
class Sheet:
    """A table as files know it. `settle` completes the values of a row by a rule of its model; `after` brings up to
    date what other tables copy from it, once it is written."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("uid",)
    label: str = ""
    noun: str = "row"
    settle: Callable[[Values], None] | None = None
    after: Callable[[], Any] | None = None
    model: Any = None

    def key_of(self, values: Values) -> str:
        return "|".join(values.get(name, "") for name in self.key)

    def digest(self, values: Values) -> str:
        """By name and without defaults: a column added or moved later does not make every row look edited."""
        said = sorted((c.name, values[c.name]) for c in self.columns if values.get(c.name, c.default) != c.default)
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    file: str
    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}{self.column and f', column {self.column}'}: {self.sentence}"


@dataclass(slots=True, eq=False)
class Row:
    sheet: Sheet
    file: str
    line: int
    values: Values
    key: str = ""
    action: str = NEW
    changed: tuple[str, ...] = ()
    broken: set[str] = field(default_factory=set)

    def problem(self, column: str, sentence: str) -> Problem:
        self.broken.add(column)
        return Problem(self.file, self.line, column, sentence)


@dataclass(slots=True)
class Plan:
    rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def to_write(self, sheet: Sheet) -> list[Row]:
        return [row for row in self.rows[sheet.name].values() if row.action in (NEW, UPDATED)]

    def totals(self) -> dict[str, Counter[str]]:
        return {name: Counter(row.action for row in rows.values()) for name, rows in self.rows.items() if rows}

    @property
    def writes(self) -> int:
        return sum(count[NEW] + count[UPDATED] for count in self.totals().values())


def canonical(kind: str, text: str) -> str:
    """The one way to write a value; a cell and the stored value are compared in it. Raises ValueError."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if "\0" in text:
        raise ValueError("A character here cannot be stored. Type the text again.")
    if not text:
        return ""
    if kind == INTEGER:
        if not re.fullmatch(r"-?[0-9]{1,18}", text):
            raise ValueError(f"“{text}” is not a whole number. Write digits only: 12000.")
        return str(int(text))
    if kind == DECIMAL:
        if not re.fullmatch(r"-?[0-9]{1,40}(\.[0-9]{1,40})?", text):
            raise ValueError(f"“{text}” is not a number. Write 12000 or 5.86, without separators or a unit.")
        number = Decimal(text)
        return format(number.normalize(Context(prec=99)), "f") if number else "0"
    if kind == BOOLEAN and text != "yes":
        raise ValueError(f"“{text}” is neither “yes” nor empty.")
    if kind in (DATE, DATETIME):
        return _moment(kind, text)
    if kind == MANY:
        return "|".join(sorted({key.strip() for key in text.split("|")} - {""}))
    if kind == FILE and (text.startswith("/") or "\\" in text or ".." in text.split("/")):
        raise ValueError(f"“{text}” is not a path inside the folder of uploads.")
    return text


def _moment(kind: str, text: str) -> str:
    try:
        if kind == DATE:
            return date.fromisoformat(text).isoformat()
        moment = datetime.fromisoformat(text)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment
        return f"{moment.replace(tzinfo=None).isoformat()}Z"
    except (ValueError, OverflowError):
        example = "2023-05-30" if kind == DATE else "2023-05-30T12:00:00Z"
        raise ValueError(f"“{text}” is not a date. Write {example}.") from None


def similar(text: str, known: Iterable[str]) -> str:
    close = get_close_matches(text, known, 1)
    return f" (did you mean “{close[0]}”?)" if close else ""


Check = Callable[[Sheet, list[Row]], Iterable[Problem]]


@dataclass
class Planner:
    """`stored`: the values in the database by sheet and key. `loaded`: digest of each row as last loaded, by (sheet,
    key); None = nothing is protected. `state`: the state of rows that give none. `now`: when they are published."""

    sheets: Sequence[Sheet]
    stored: Mapping[str, Mapping[str, Values]]
    loaded: Mapping[tuple[str, str], str] | None
    check: Check
    state: str
    now: str

    def plan(self, files: Iterable[tuple[str, str]]) -> Plan:
        self.made = Plan({sheet.name: {} for sheet in self.sheets})
        self.by_label = {sheet.label: sheet for sheet in self.sheets}
        self._read(files)
        self.gone = {
            (name, key)
            for name, rows in self.made.rows.items()
            for key in rows
            if key not in self.stored[name] and (name, key) in (self.loaded or ())
        }
        self.known = {name: rows.keys() | self.stored[name].keys() for name, rows in self.made.rows.items()}
        for sheet in self.sheets:
            for row in self.made.rows[sheet.name].values():
                self._settle(row)
            self.made.problems += self.check(sheet, self.made.to_write(sheet))
        self.made.problems = sorted(set(self.made.problems))
        return self.made

    def _read(self, files: Iterable[tuple[str, str]]) -> None:
        sheets = {sheet.name: sheet for sheet in self.sheets}
        for file, text in files:
            name = file.split(".")[0]
            if name not in sheets:
                self._report(file, 1, "", f"No table is called “{name}”{similar(name, sheets)}.")
                continue
            for row in self._rows(file, text, sheets[name]):
                first = self.made.rows[name].setdefault(row.key, row)
                if first is not row:
                    where = f"{first.file}, line {first.line}"
                    self.made.problems.append(row.problem(row.sheet.key[0], f"“{row.key}” stands already in {where}."))

    def _report(self, file: str, line: int, column: str, sentence: str) -> None:
        self.made.problems.append(Problem(file, line, column, sentence))

    def _rows(self, file: str, text: str, sheet: Sheet) -> Iterator[Row]:
        reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
        header: list[str] = []
        line = 1
        try:
            for cells in reader:
                if not header:
                    header = [cell.strip() for cell in cells]
                    self._check_header(file, line, header, sheet)
                elif any(cell.strip() for cell in cells):
                    if len(cells) != len(header):
                        self._report(file, line, "", f"{len(cells)} cells stand under {len(header)} column names.")
                    yield self._row(Row(sheet, file, line, dict(zip(header, cells, strict=False))))
                line = reader.line_num + 1
        except csv.Error as error:
            self._report(file, line, "", f"This line cannot be read as CSV: {error}.")

    def _check_header(self, file: str, line: int, header: list[str], sheet: Sheet) -> None:
        names = [column.name for column in sheet.columns]
        for name, times in Counter(header).items():
            if name not in names:
                self._report(file, line, name, f"{sheet.name} has no such column{similar(name, names)}.")
            elif times > 1:
                self._report(file, line, name, "This column stands twice.")

    def _row(self, row: Row) -> Row:
        """The cells of one row in canonical text, with its key."""
        cells, row.values = row.values, {}
        for column in row.sheet.columns:
            if (text := cells.get(column.name)) is None:
                continue
            try:
                text = row.values[column.name] = canonical(column.kind, text)
            except ValueError as error:
                row.values[column.name] = text
                self.made.problems.append(row.problem(column.name, str(error)))
            if column.choices and text and text not in column.choices:
                hint = similar(text, column.choices) or f" (write one of: {', '.join(filter(None, column.choices))})"
                self.made.problems.append(row.problem(column.name, f"“{text}” is not known here{hint}."))
        row.key = row.sheet.key_of(row.values)
        return row

    def _settle(self, row: Row) -> None:
        """Complete the values of a row, then decide what is to be done with it."""
        sheet, given = row.sheet, row.values
        before = self.stored[sheet.name].get(row.key)
        row.values = {c.name: self._value(c, given.get(c.name), before) for c in sheet.columns}
        if row.values.get("state") == "published":
            row.values["check_status"] = row.values["check_status"] or "loaded"
            row.values["published_at"] = row.values["published_at"] or self.now
        if sheet.settle:
            sheet.settle(row.values)
        row.action = KEPT if (sheet.name, row.key) in self.gone else NEW
        for column in sheet.columns:
            if column.required and not row.values[column.name]:
                problem = row.problem(column.name, "This is missing: every row needs one.")
                if column.name not in given:
                    problem = Problem(row.file, 1, column.name, "This column is missing: new rows need it.")
                self.made.problems.append(problem)
            if column.target in self.by_label:
                self._resolve(row, column)
        if before is not None:
            self._compare(row, before)

    def _value(self, column: Column, text: str | None, before: Values | None) -> str:
        if before is not None and (text is None or (not text and column.keeps)):
            return before[column.name]
        if text or (text is not None and column.kind == BOOLEAN):
            return text
        if column.name == "state":
            return self.state
        return column.fresh() if column.fresh else column.default

    def _resolve(self, row: Row, column: Column) -> None:
        target = self.by_label[column.target]
        for key in filter(None, row.values[column.name].split("|")):
            if (target.name, key) in self.gone:  # an editor removed it: what hangs on it is left out too
                row.action = KEPT
                self.gone.add((row.sheet.name, row.key))
            elif key not in self.known[target.name]:
                sentence = f"no {target.noun} “{key}”{similar(key, self.known[target.name])}."
                self.made.problems.append(row.problem(column.name, sentence))

    def _compare(self, row: Row, before: Values) -> None:
        row.changed = tuple(name for name, text in row.values.items() if text != before[name])
        if not row.changed:
            row.action = SAME
        elif self.loaded is not None and self.loaded.get((row.sheet.name, row.key)) != row.sheet.digest(before):
            row.action = KEPT
        else:
            row.action = UPDATED


def edited(
    sheets: Sequence[Sheet],
    stored: Mapping[str, Mapping[str, Values]],
    loaded: Mapping[tuple[str, str], str],
) -> list[tuple[str, str]]:
    """The rows that are not as a load left them: an editor's."""
    return [
        (sheet.name, key)
        for sheet in sheets
        for key, values in stored[sheet.name].items()
        if loaded.get((sheet.name, key)) != sheet.digest(values)
    ]
