"""The verdict in one sentence, and the balance it rests on."""

from dataclasses import dataclass

from pipeline.codes import CODES
from pipeline.pages.names import BALANCE, CODE_WORDS
from pipeline.pages.numbers import definition
from pipeline.pages.rubric_words import ASK, TELL, RubricWords
from pipeline.pages.wording import band_text, interval_text, several
from pipeline.values import Metric, Role, Scored
from pipeline.wording import percent, value_text


@dataclass(frozen=True, slots=True)
class Balance:
    """The ask : tell balance as a bar: texts, and places on it in percent of its width."""

    ask_text: str
    tell_text: str
    ask: float
    low: float | None
    high: float | None
    interval_text: str
    target_text: str
    target_low: float | None
    target_width: float | None
    evidence_text: str
    enough_evidence: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """One sentence, the balance bar (None where undefined) and why it is missing then."""

    sentence: str
    tone: str
    balance: Balance | None
    missing: str


def verdict(scored: Scored, words: RubricWords) -> Verdict:
    """What the session was, from its ask : tell balance; says what is missing where there is none."""
    metric = scored.metric(BALANCE)
    name = manager_name(scored)
    if metric is None or metric.value is None:
        reason = _why_undefined(scored)
        return Verdict(f"No ask : tell balance for this session: {reason}.", "none", None, reason)
    tone = "plain" if metric.enough_evidence else "thin"
    target = words.target
    return Verdict(balance_sentence(name, metric, target), tone, balance(metric, target), "")


def balance_sentence(name: str, metric: Metric, target: tuple[float, float] | None) -> str:
    """What `name` did, from a balance that is defined: how it leaned, out of how many, against the target."""
    if metric.value is None:
        raise ValueError("an undefined balance has no sentence")
    if not metric.enough_evidence:
        return f"{name} made only {several(metric.n, 'move')} that asked or told: not enough evidence for a verdict."
    share = f"of {several(metric.n, 'move')} that asked or told, {value_text(metric)} asked"
    return f"{name} {_manner(metric.value)}: {share}{_against_target(metric, target)}."


def manager_name(scored: Scored) -> str:
    """The manager's name, or `The manager`."""
    speaker = scored.session.speaker(Role.MANAGER)
    return speaker.name if speaker and speaker.name else "The manager"


def balance_words(words: RubricWords) -> str:
    """Which codes ask and which tell under the rubric, after the definition of the balance."""
    named = {
        tone: [CODE_WORDS[code].name.lower() for code in CODES if words.tone(code) == tone] for tone in (ASK, TELL)
    }
    return f"{definition(BALANCE)} Asking: {', '.join(named[ASK])}. Telling: {', '.join(named[TELL])}."


def _why_undefined(scored: Scored) -> str:
    session = scored.session
    if not session.turns:
        return "nobody says a word in it"
    if session.speaker(Role.MANAGER) is None:
        return "no speaker is known to be the manager"
    if not any(unit.coding for unit in session.units):
        return "nothing the manager said has been coded"
    return "the manager neither asked nor told"


def _manner(value: float) -> str:
    if value in (0, 1):
        return "only asked" if value else "only told"
    manners = ((0.8, "asked far more than told"), (0.6, "mostly asked"), (0.4, "asked and told about equally"))
    return next((manner for least, manner in manners if value >= least), _telling(value))


def _telling(value: float) -> str:
    return "mostly told" if value >= 0.2 else "told far more than asked"


def _against_target(metric: Metric, target: tuple[float, float] | None) -> str:
    if target is None or metric.value is None:
        return ""
    low, high = target
    place = "below" if metric.value < low else "above" if metric.value > high else "within"
    sure = _place(metric.low, target) == _place(metric.high, target) == _place(metric.value, target)
    return f", {'' if sure else 'probably '}{place} the target of {band_text(low, high)}"


def _place(value: float | None, target: tuple[float, float]) -> int:
    if value is None:
        return 0
    return -1 if value < target[0] else 1 if value > target[1] else 0


def balance(metric: Metric, target: tuple[float, float] | None) -> Balance:
    """The balance as a bar; an undefined one stands at 0 and must not be drawn."""
    value = metric.value or 0.0
    return Balance(
        ask_text=value_text(metric),
        tell_text=percent(1 - value),
        ask=_place_on_bar(value),
        low=_place_on_bar(metric.low) if metric.low is not None else None,
        high=_place_on_bar(metric.high) if metric.high is not None else None,
        interval_text=interval_text(metric),
        target_text=band_text(*target) if target else "",
        target_low=_place_on_bar(target[0]) if target else None,
        target_width=_place_on_bar(target[1] - target[0]) if target else None,
        evidence_text=f"n = {metric.n}",
        enough_evidence=metric.enough_evidence,
    )


def _place_on_bar(value: float) -> float:
    return round(min(max(value, 0.0), 1.0) * 100, 2)
