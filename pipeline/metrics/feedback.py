"""What the manager says of the rep's work."""

import numpy as np

from pipeline.codes import Attribute, Code
from pipeline.metrics.observed import Observed
from pipeline.metrics.tally import Count, Ratio, Rows, rows_of

CRITIQUE = frozenset({Code.JUDGMENT, Code.DIRECTIVE_ADVICE})


def praise_count(seen: Observed) -> Count:
    """Units of praise among the manager's."""
    return Count(seen.count({Code.PRAISE}), len(seen.units), seen.has_manager)


def judgment_count(seen: Observed) -> Count:
    """Units of judgment among the manager's."""
    return Count(seen.count({Code.JUDGMENT}), len(seen.units), seen.has_manager)


def specific_praise_share(seen: Observed) -> Ratio:
    """Praise that names what it approves of, among all praise."""
    return Ratio(seen.count({Code.PRAISE}, Attribute.SPECIFIC), seen.count({Code.PRAISE}))


def praise_to_judgment(seen: Observed) -> Ratio:
    """Praise among praise and judgment."""
    praise = seen.count({Code.PRAISE})
    return Ratio(praise, praise + seen.count({Code.JUDGMENT}))


def judgment_about_person_share(seen: Observed) -> Ratio:
    """Judgment of the person among all judgment."""
    return Ratio(seen.count({Code.JUDGMENT}, Attribute.ABOUT_PERSON), seen.count({Code.JUDGMENT}))


def praise_before_critique(seen: Observed) -> Ratio:
    """Whether praise comes first; praise without any critique does. Over several sessions, the share that begin so."""
    praise, critique = _first(seen, {Code.PRAISE}), _first(seen, CRITIQUE)
    either = np.isfinite(np.minimum(praise, critique))
    return Ratio(rows_of(either & (praise < critique)), rows_of(either))


def _first(seen: Observed, codes: set[Code] | frozenset[Code]) -> Rows:
    found = seen.are(codes)
    places = np.where(found.any(axis=1), found.argmax(axis=1) if found.shape[1] else 0, np.inf)
    return rows_of(places)
