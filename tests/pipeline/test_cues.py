import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cues import holds_cue, plain


@pytest.mark.parametrize(
    ("cue", "text", "held"),
    [
        ("im not sure", "Well, I'm not sure.", True),
        ("I'm not sure", "well im not sure", True),
        ("i could", "Could I?", False),
        ("could", "They couldn't come.", False),
        ("frustrat*", "How frustrating!", True),
        ("option*", "adoption", False),
        ("what ... you do", "What else could you possibly do?", False),
        ("what ... you do", "What else could you do?", True),
        ("what ... you do", "What you do", True),
        ("by friday", "By Friday?", True),
        ("c++", "I like c++", True),
        ("a.b", "axb", False),
        ("price - value", "The price: value.", True),
        ("pros & cons", "pros & cons", True),
        ("- ... by friday", "by Friday", True),
    ],
)
def test_a_cue_is_heard_in_words_punctuated_or_not(cue, text, held):
    assert holds_cue(text, ("never said", cue)) is held


def test_no_cues_hold_nothing():
    assert not holds_cue("anything", ())


@given(st.text())
def test_plain_text_stays_as_it_is_and_holds_itself(text):
    assert plain(plain(text)) == plain(text)
    assert not plain(text) or holds_cue(text, (plain(text),))
    assert not plain(text) or holds_cue(text, (text,))
