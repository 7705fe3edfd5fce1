"""Making the written corpus sound like what a recogniser writes, and the other way round."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

from models.training.corpus import Example
from models.units.words import strip_marks
from pipeline.codes import QUESTIONS
from pipeline.floor import TELLING_WORDS
from pipeline.ports import UnitInContext

SMALL_WORDS = ("the", "a", "to", "in", "and", "of", "it", "that", "is", "their", "for", "on")
FILLERS = ("um", "uh", "like", "you know", "i mean", "well", "so", "er")


LISTENING = (
    "Yeah.",
    "Mm-hmm.",
    "Right.",
    "Okay.",
    "Yes.",
    "Uh-huh.",
    "Exactly.",
    "I know.",
    "Sure.",
    "No.",
    "I guess.",
)

Pack = tuple[Example, ...]
"""Consecutive units of one turn; never empty."""


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How often, as probabilities, each disturbance strikes an example; `word_noise` is per word of a noisy unit.

    `drop_earlier` is how often nothing is known of the talk before the other's last turn. `only_listened` is how often
    that turn becomes a "Yeah.", `asked_between` how often a short question and its answer stand in between, as where
    what is answered was said earlier. `drop_reply` is how often nothing is known of what the other says to the turn,
    `reply_listens` how often that is a "Yeah.", `drop_after` how often a turn is cut in two, the first part not knowing
    the second. Where `drop_previous` strikes, the reply is lost as well. `only_previous` is how often nothing is known
    but the other's last turn, not even the rest of the own one, as where units are coded one by one; else
    `drop_before` how often every unit of a turn seems to open it; else `drop_after` is looked at.
    """

    strip: float = 0.4
    punctuate: float = 0.25
    halting: float = 0.15
    drop_previous: float = 0.12
    drop_earlier: float = 1.0
    only_listened: float = 0.0
    asked_between: float = 0.0
    drop_reply: float = 1.0
    reply_listens: float = 0.0
    drop_after: float = 0.0
    only_previous: float = 0.0
    drop_before: float = 0.12
    noisy: float = 0.3
    word_noise: float = 0.06


def strip_unit(unit: UnitInContext) -> UnitInContext:
    """The unit and its context without case and punctuation."""
    earlier = tuple(strip_marks(text) for text in unit.earlier)
    own, previous, reply = (strip_marks(text) for text in (unit.before, unit.previous, unit.reply))
    return UnitInContext(strip_marks(unit.text), own, previous, earlier, reply)


def pack_turns(examples: Iterable[Example], longest: int = 8) -> list[Pack]:
    """The examples in packs of consecutive units of one turn, of at most `longest` units, in order."""
    packs: list[list[Example]] = []
    for example in examples:
        last = packs[-1] if packs else []
        same_turn = last and (last[0].conversation, last[0].turn) == (example.conversation, example.turn)
        if same_turn and len(last) < longest:
            last.append(example)
        else:
            packs.append([example])
    return [tuple(pack) for pack in packs]


def disturb(pack: Pack, options: Augmentation, random: Random, exchanges: Sequence[tuple[str, str]] = ()) -> list[Pack]:
    """The units as another speaker's recogniser might have given them, labels unchanged.

    Where what was said before in the turn is dropped, every unit makes a pack of its own.
    `exchanges` are short questions and answers that may have stood in between.
    """
    strip = pack[0].punctuated and random.random() < options.strip
    punctuate = not pack[0].punctuated and random.random() < options.punctuate
    talk = _others_before(pack[0], options, random, exchanges)
    forgotten = talk == ("",) and pack[0].unit.previous != ""
    pack = _replied(_after(talk, pack), 1.0 if forgotten else options.drop_reply, options.reply_listens, random)
    changed = tuple(_disturb_unit(example, strip, punctuate, options, random) for example in pack)
    if random.random() < options.only_previous:
        return [(replace(each, unit=UnitInContext(each.unit.text, previous=each.unit.previous)),) for each in changed]
    if random.random() < options.drop_before:
        return [(replace(each, unit=replace(each.unit, before="")),) for each in changed]
    if len(changed) > 1 and random.random() < options.drop_after:
        place = random.randrange(1, len(changed))
        return [changed[:place], changed[place:]]
    return [changed]


def _others_before(
    example: Example, options: Augmentation, random: Random, exchanges: Sequence[tuple[str, str]]
) -> tuple[str, ...]:
    """What was said before the turn, the other's last turn at the end."""
    *earlier, previous = *example.unit.earlier, example.unit.previous
    lost = random.random()
    if lost < options.drop_previous:
        return ("",)
    lost -= options.drop_previous
    if lost < options.only_listened:
        return (_in_form_of(random.choice(LISTENING), example),)
    lost -= options.only_listened
    if exchanges and previous and lost < options.asked_between:
        asked, answered = random.choice(exchanges)
        told = [previous] if len(previous.split()) >= TELLING_WORDS else [*earlier, previous]
        return (*told, _in_form_of(asked, example), _in_form_of(answered, example))
    return (previous,) if random.random() < options.drop_earlier else (*earlier, previous)


def _after(talk: tuple[str, ...], pack: Pack) -> Pack:
    *earlier, previous = talk
    return tuple(replace(each, unit=replace(each.unit, previous=previous, earlier=tuple(earlier))) for each in pack)


def _replied(pack: Pack, drop: float, listens: float, random: Random) -> Pack:
    last = pack[-1]
    lost = random.random()
    if not last.unit.reply or lost >= drop + listens:
        return pack
    reply = "" if lost < drop else _in_form_of(random.choice(LISTENING), last)
    return (*pack[:-1], replace(last, unit=replace(last.unit, reply=reply)))


def _in_form_of(text: str, example: Example) -> str:
    """The text in the form of the example's conversation."""
    return text if example.punctuated else strip_marks(text)


def _disturb_unit(example: Example, strip: bool, punctuate: bool, options: Augmentation, random: Random) -> Example:
    unit = strip_unit(example.unit) if strip else example.unit
    if punctuate:
        unit = replace(unit, text=unit.text + ("?" if example.code in QUESTIONS else "."))
    if example.punctuated and not strip and random.random() < options.halting:
        unit = replace(unit, text=_halting(unit.text, random))
    if random.random() < options.noisy:
        unit = replace(unit, text=mishear(unit.text, options.word_noise, random))
    return replace(example, unit=unit)


def _halting(text: str, random: Random) -> str:
    """The text as a careful typist writes down halting speech: set-off fillers, repeats, a dash where it breaks off."""
    words = text.split()
    place = random.randrange(len(words))
    filler = random.choice(FILLERS)
    choice = random.random()
    if choice < 0.4:
        words[place] += f", {filler}," if place < len(words) - 1 else f", {filler}"
    elif choice < 0.7:
        words[place] = f"{words[place].rstrip(',.?!')}-{words[place]}"
    elif choice < 0.85:
        words[0] = f"{random.choice(FILLERS).capitalize()}, {words[0]}"
    else:
        return random.choice(("-{}", "{}-")).format(text.rstrip(".?!"))
    return " ".join(words)


def mishear(text: str, rate: float, random: Random) -> str:
    """The text with about `rate` of its words lost, doubled, replaced or followed by a filler; never empty."""
    words = text.split()
    heard: list[str] = []
    for word in words:
        chance = random.random() / rate if rate else 1.0
        if chance < 0.3:
            continue
        heard.append(random.choice(SMALL_WORDS) if chance < 0.55 else word)
        if 0.55 <= chance < 0.75:
            heard.append(word)
        elif 0.75 <= chance < 1:
            heard.append(random.choice(FILLERS))
    return " ".join(heard) or text
