import pytest

from pipeline.codes import Code
from tests.pipeline.session_builders import MANAGER, OTHER, REP, Said, make_session, metrics_of, say, value_of

SIGNAL = Said(Code.BACKCHANNEL, "Mm-hm.")
TEACHING = Code.TEACHING


def test_talk_share_counts_overlap_for_both_and_silence_for_neither():
    turns = say(MANAGER, 0, 6, TEACHING), say(REP, 4, 10), say(MANAGER, 20, 22, TEACHING)
    assert value_of("talk_share_manager", *turns) == 8 / 14


def test_talk_share_counts_time_in_two_turns_of_one_speaker_once():
    assert value_of("talk_share_manager", say(MANAGER, 0, 6), say(MANAGER, 3, 8), say(REP, 8, 16)) == 0.5


def test_talk_share_leaves_out_a_third_person():
    assert value_of("talk_share_manager", say(MANAGER, 0, 5), say(OTHER, 5, 90), say(REP, 90, 95)) == 0.5


def test_talk_share_is_one_where_only_the_manager_speaks():
    metric = metrics_of(make_session(say(MANAGER, 0, 7.4, TEACHING)))["talk_share_manager"]
    assert (metric.value, metric.n) == (1.0, 7)


def test_word_share_counts_words_and_no_lone_punctuation():
    assert value_of("word_share_manager", say(MANAGER, 0, 5, "One - two !"), say(REP, 5, 9, "a b c d e f")) == 0.25


def test_silence_share_is_what_nobody_fills_a_third_person_included():
    turns = say(MANAGER, 0, 4), say(REP, 3, 5), say(OTHER, 10, 15)
    assert value_of("silence_share", *turns, duration_s=40) == 0.75


def test_silence_share_is_one_in_a_silent_session_and_undefined_in_one_without_time():
    assert value_of("silence_share", duration_s=30) == 1.0
    assert value_of("silence_share") is None


def test_monologue_reaches_over_gaps_of_a_second_and_a_half():
    assert value_of("longest_monologue_s", say(MANAGER, 0, 10), say(MANAGER, 11.5, 20)) == 20


def test_monologue_ends_at_a_longer_gap():
    assert value_of("longest_monologue_s", say(MANAGER, 0, 10), say(MANAGER, 11.501, 20)) == 10


def test_monologue_ends_where_the_rep_takes_the_floor_even_without_a_gap():
    turns = say(MANAGER, 0, 10), say(REP, 9.8, 10.9, "No, wait, listen to me."), say(MANAGER, 10.9, 19)
    assert value_of("longest_monologue_s", *turns) == 10


@pytest.mark.parametrize("signal", ["Mm-hm.", "uh-huh", "Yeah, right.", "okay"])
def test_monologue_is_not_broken_by_the_reps_listening_signal(signal):
    turns = say(MANAGER, 0, 10, TEACHING), say(REP, 10.1, 10.6, signal), say(MANAGER, 10.8, 30, TEACHING)
    assert value_of("longest_monologue_s", *turns) == 30


def test_monologue_goes_on_through_the_time_a_signal_takes():
    turns = say(MANAGER, 0, 10, TEACHING), say(REP, 11, 11.9, "Mm-hm."), say(MANAGER, 13, 30, TEACHING)
    assert value_of("longest_monologue_s", *turns) == 30


@pytest.mark.parametrize(("words", "changes"), [("Okay.", 2), ("Mm-hm.", 0), ("Mm, maybe.", 2)])
def test_a_reps_slow_assent_is_a_reply_and_humming_never_is(words, changes):
    turns = say(MANAGER, 0, 10, TEACHING), say(REP, 11, 12.5, words), say(MANAGER, 13, 30, TEACHING)
    assert value_of("floor_changes_per_min", *turns, duration_s=60) == changes


def test_a_reps_short_reply_to_a_question_takes_the_floor():
    turns = say(MANAGER, 0, 10, Code.CLOSED_QUESTION), say(REP, 10.1, 10.6, "Yes."), say(MANAGER, 10.8, 30, TEACHING)
    assert value_of("longest_monologue_s", *turns) == 19.2


def test_a_reps_turn_coded_as_backchannel_is_one_whatever_its_words():
    signal = Said(Code.BACKCHANNEL, "Zonder twijfel.")
    turns = say(MANAGER, 0, 10, TEACHING), say(REP, 10.1, 10.6, signal), say(MANAGER, 10.8, 30, TEACHING)
    assert value_of("longest_monologue_s", *turns) == 30


def test_a_long_turn_of_many_words_is_no_backchannel_though_coded_so():
    signal = Said(Code.BACKCHANNEL, "Right, yes, okay, go on.")
    turns = say(REP, 0, 5), say(MANAGER, 5, 7, signal), say(REP, 7, 9)
    assert value_of("floor_changes_per_min", *turns, duration_s=60) == 2


def test_floor_changes_count_passes_between_the_two():
    turns = say(MANAGER, 0, 5), say(REP, 5, 9), say(REP, 10, 12), say(OTHER, 12, 14), say(MANAGER, 14, 20)
    assert value_of("floor_changes_per_min", *turns, duration_s=120) == 1.0


def test_floor_changes_pass_over_listening_signals():
    turns = say(REP, 0, 20), say(MANAGER, 8, 8.5, SIGNAL), say(REP, 21, 25), say(MANAGER, 26, 30, TEACHING)
    assert value_of("floor_changes_per_min", *turns, duration_s=60) == 1.0


def test_floor_changes_are_undefined_without_anyone_speaking():
    assert value_of("floor_changes_per_min", duration_s=60) is None


def test_response_latency_is_the_median_gap_and_negative_when_overlapping():
    turns = (
        *(say(REP, 0, 5), say(MANAGER, 6, 8)),
        *(say(REP, 8, 12), say(MANAGER, 11.5, 14)),
        *(say(REP, 15, 20), say(MANAGER, 22, 25)),
    )
    assert value_of("response_latency_s", *turns) == 1.0
    assert value_of("response_latency_s", *turns[2:4]) == -0.5


def test_response_latency_of_an_even_number_of_gaps_is_the_mean_of_the_middle_two():
    turns = say(REP, 0, 5), say(MANAGER, 6, 8), say(REP, 8, 12), say(MANAGER, 14, 15)
    metric = metrics_of(make_session(*turns))["response_latency_s"]
    assert (metric.value, metric.n, metric.low, metric.high) == (1.5, 2, None, None)


def test_response_latency_passes_over_a_signal_within_the_reps_turn():
    turns = say(REP, 0, 20), say(MANAGER, 8, 8.5, SIGNAL), say(MANAGER, 20.6, 25, TEACHING)
    assert value_of("response_latency_s", *turns) == 0.6


@pytest.mark.parametrize(("start_s", "end_s", "cut_in"), [(9.7, 10.7, 1), (9.701, 12, 0), (9, 9.999, 0), (5, 7, 1)])
def test_an_interruption_begins_300_ms_before_the_rep_ends_and_lasts_a_second(start_s, end_s, cut_in):
    turns = say(REP, 0, 10), say(MANAGER, start_s, end_s, TEACHING)
    assert value_of("interruptions_per_10min", *turns) == cut_in * 60


def test_a_backchannel_never_interrupts_nor_is_interrupted():
    signal = Said(Code.BACKCHANNEL, "Right, okay, sure.")
    assert value_of("interruptions_per_10min", say(REP, 0, 10), say(MANAGER, 5, 6.5, signal)) == 0
    turns = say(MANAGER, 0, 5, TEACHING), say(REP, 5, 5.9, "Mm-hm."), say(MANAGER, 5.2, 9, TEACHING)
    assert value_of("interruptions_per_10min", *turns) == 0


def test_starting_together_is_no_interruption():
    assert value_of("interruptions_per_10min", say(REP, 0, 10), say(MANAGER, 0, 9, TEACHING)) == 0


def test_interruptions_are_undefined_where_turns_cannot_overlap_or_the_rep_is_silent():
    session = make_session(say(REP, 0, 10), say(MANAGER, 10, 12, TEACHING), turns_can_overlap=False)
    assert metrics_of(session)["interruptions_per_10min"].value is None
    assert value_of("interruptions_per_10min", say(MANAGER, 0, 10)) is None
