"""A coded session as the finding rules read it: who said what after what, and which units are sure enough to quote."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.codes import Attribute, Code
from pipeline.metrics.observed import HeardTurn, Observed, observe
from pipeline.values import Finding, Role, Session, Span, Unit

LEAST_CONFIDENCE = 0.5
"""A unit whose code is less sure than this is no evidence for a finding."""


@dataclass(frozen=True)
class Evidence:
    """A session with the questions its rules ask of it; `seen` holds the likeliest codes alone."""

    session: Session
    seen: Observed

    @cached_property
    def units_of(self) -> dict[int, list[Unit]]:
        """The units of each turn, by turn index, in order."""
        found: dict[int, list[Unit]] = defaultdict(list)
        for unit in self.session.units:
            found[unit.turn].append(unit)
        return found

    def coded(self, codes: Collection[Code], attribute: Attribute | None = None) -> list[Unit]:
        """The manager's units surely of these codes, and with that attribute, in order."""
        return [
            unit
            for unit in self.seen.units
            if is_sure(unit) and unit.code in codes and (attribute is None or attribute in unit.attributes)
        ]

    @cached_property
    def _places(self) -> dict[int, int]:
        return {turn.turn.index: place for place, turn in enumerate(self.seen.turns)}

    def reply_to(self, unit: Unit) -> HeardTurn | None:
        """The rep's turn after the unit, where the unit is its turn's last and the manager takes no turn between."""
        if self.units_of[unit.turn][-1].index != unit.index:
            return None
        return self._next(unit.turn, Role.REP, Role.MANAGER)

    def response_to(self, turn: HeardTurn) -> HeardTurn | None:
        """The manager's first turn after a rep's that is no listening signal, with no rep turn between."""
        return self._next(turn.turn.index, Role.MANAGER, Role.REP)

    def _next(self, turn: int, role: Role, but_not: Role) -> HeardTurn | None:
        for later in self.seen.turns[self._places[turn] + 1 :]:
            if later.backchannel:
                continue
            if later.role is role:
                return later
            if later.role is but_not:
                return None
        return None


def gather(session: Session) -> Evidence:
    """The session's evidence."""
    return Evidence(session, observe(session, draws=0, seed=0))


def is_sure(unit: Unit) -> bool:
    """Whether the unit's code is sure enough to rest a finding on."""
    return unit.coding is not None and unit.coding.confidence >= LEAST_CONFIDENCE


def finding(
    kind: str, rule: str, text: str, units: Sequence[Unit], instead: str | None = None, also: Span | None = None
) -> Finding:
    """A finding over units, in order of time; its span holds them all, and `also` where that is given."""
    ordered = sorted(units, key=lambda unit: (unit.span.start_ms, unit.index))
    spans = [unit.span for unit in ordered] + ([also] if also else [])
    span = Span(min(each.start_ms for each in spans), max(each.end_ms for each in spans))
    return Finding(kind, rule, text, span, tuple(unit.index for unit in ordered), instead)
