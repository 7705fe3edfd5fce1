"""How domain words are said, put together from words that pocketsphinx can already say."""

import logging
from collections.abc import Sequence

from pocketsphinx import Decoder

from models.asr.vocabulary import Term

LOG = logging.getLogger(__name__)
SPELLED_AT_MOST = 5
SHORTEST_PART = 3
MARK = "_"
"""Ends a taught term inside the decoder, and stands for the spaces in it: the decoder takes single, new words only."""


def add_terms(decoder: Decoder, terms: Sequence[Term]) -> None:
    """Teach the decoder the terms, in lower case, each as likely as any word without a context.

    Words that the dictionary knows are taught too: names are in it, but so rare in the language model that they are
    seldom heard. A term is said as the words after its `=`; without those as the dictionary says it, else letter by
    letter where it is short and all capitals, else as a compound of two known words. Every word of a longer term
    counts for itself unless the term has a `=`. A term without a pronunciation is logged and left out.
    """
    words = [Term(word) for term in terms if not term.sounds_like for word in term.written.split()]
    taught: dict[str, str] = {}
    for term in [*(term for term in terms if term.sounds_like), *words]:
        phones = pronunciation(decoder, term)
        text = term.written.lower()
        if phones:
            taught.setdefault(text.replace(" ", MARK) + MARK, phones)
        else:
            LOG.warning("cannot pronounce '%s' of the vocabulary; write '%s = words it sounds like'", text, text)
    for place, (word, phones) in enumerate(taught.items(), start=1):
        decoder.add_word(word, phones, update=place == len(taught))


def written(word: str) -> str:
    """A word of the decoder's as people write it."""
    return word.rstrip(MARK).replace(MARK, " ")


def pronunciation(decoder: Decoder, term: Term) -> str | None:
    """Phones with spaces between them; None where a part is unknown."""
    if term.sounds_like:
        return _phones(decoder, term.sounds_like.lower().split())
    known = _phones(decoder, [term.written.lower()])
    if known:
        return known
    if term.written.isupper() and len(term.written) <= SPELLED_AT_MOST:
        return _phones(decoder, [f"{letter}." for letter in term.written.lower()])
    return _compound(decoder, term.written.lower())


def _compound(decoder: Decoder, written: str) -> str | None:
    """Two known words run together, the first as long as possible."""
    for cut in range(len(written) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        phones = _phones(decoder, [written[:cut], written[cut:]])
        if phones:
            return phones
    return None


def _phones(decoder: Decoder, words: Sequence[str]) -> str | None:
    said = [decoder.lookup_word(word) for word in words]
    return " ".join(said) if said and all(said) else None
