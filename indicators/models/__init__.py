"""The nouns of the field, one a file, re-exported here."""

from indicators.models.base import Period, SourcedRow, Workflow, WorkflowQuerySet
from indicators.models.derivations import Derivation, ObservationPart
from indicators.models.indicators import Indicator, Series, Topic
from indicators.models.loads import LoadedRow
from indicators.models.notes import EditorialNote, NoteLink
from indicators.models.observations import Observation
from indicators.models.places import KeyFigure, Place, PlaceGroup
from indicators.models.rankinglists import RankingEntry, RankingList
from indicators.models.sources import Organisation, Source
from indicators.models.statements import Statement
