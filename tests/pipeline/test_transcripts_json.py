"""JSON transcripts as the products that write them shape them."""

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import RecordingError
from pipeline.transcripts.fields import time_ms
from tests.pipeline.transcript_builders import COUNTED, read, said, texts

CALL = [("Dana", 500, 2_000, "How did it go?"), ("Ravi", 2_500, 3_500, "Fine.")]


def gong_call(call: str = "7782342274025937895") -> dict[str, Any]:
    first = [{"start": 500, "end": 1_200, "text": "How did"}, {"start": 1_210, "end": 2_000, "text": "it go?"}]
    second = [{"start": 2_500, "end": 3_500, "text": "Fine."}]
    return {
        "callId": call,
        "transcript": [
            {"speakerId": "6432345678555530067", "topic": None, "sentences": first},
            {"speakerId": "3129086542", "topic": "Objections", "sentences": second},
        ],
    }


def test_gong_takes_names_from_the_parties_and_times_from_sentences(tmp_path: Path) -> None:
    parties = [{"speakerId": "6432345678555530067", "name": "Dana"}, {"speakerId": "3129086542", "name": "Ravi"}]
    content = {"callTranscripts": [gong_call()], "metaData": {"started": "2026-11-02T10:00:00Z"}, "parties": parties}
    session = read(tmp_path, "gong.json", content)
    assert said(session) == CALL
    assert session.recorded_on == date(2026, 11, 2)


@pytest.mark.parametrize("content", [gong_call(), gong_call()["transcript"], [gong_call()]])
def test_gong_without_parties_keeps_the_ids(tmp_path: Path, content: Any) -> None:
    session = read(tmp_path, "gong.json", content)
    assert [speaker.name for speaker in session.speakers] == ["6432345678555530067", "3129086542"]
    assert [turn.span.start_ms for turn in session.turns] == [500, 2_500]


def test_gong_with_several_calls_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"^gong\.json: holds 2 calls; write each"):
        read(tmp_path, "gong.json", {"callTranscripts": [gong_call("1"), gong_call("2")]})


def whisper_words(*words: tuple[str, float, float], **more: Any) -> list[dict[str, Any]]:
    return [{"word": word, "start": start, "end": end, "score": 0.9, **more} for word, start, end in words]


def test_whisperx_has_speakers_and_words_in_segments(tmp_path: Path) -> None:
    first = whisper_words(("How", 0.5, 0.8), ("did", 0.8, 1.0), ("it", 1.0, 1.2), ("go?", 1.2, 2.0))
    second = whisper_words(("Fine.", 2.5, 3.5))
    content = {
        "segments": [
            {"start": 0.5, "end": 2.0, "text": " How did it go?", "words": first, "speaker": "SPEAKER_00"},
            {"start": 2.5, "end": 3.5, "text": " Fine.", "words": second, "speaker": "SPEAKER_01"},
        ],
        "word_segments": first + second,
        "language": "en",
    }
    session = read(tmp_path, "whisperx.json", content)
    assert said(session) == [("SPEAKER_00", *CALL[0][1:]), ("SPEAKER_01", *CALL[1][1:])]
    assert [word.text for word in session.turns[0].words] == ["How", "did", "it", "go?"]
    assert session.turns[0].words[3].span.end_ms == 2_000
    assert session.transcript.language == "en"


def test_a_segment_whose_words_have_two_speakers_is_cut(tmp_path: Path) -> None:
    words = whisper_words(("How", 0.5, 0.8), ("so?", 0.8, 2.0), speaker="A1") + whisper_words(
        ("Fine.", 2.5, 3.5), speaker="B1"
    )
    content = {"segments": [{"start": 0.5, "end": 3.5, "text": "How so? Fine.", "words": words}], "word_segments": []}
    assert said(read(tmp_path, "cut.json", content)) == [("A1", 500, 2_000, "How so?"), ("B1", 2_500, 3_500, "Fine.")]


def test_faster_whisper_segments_carry_measures_and_a_speaker_from_a_diarizer(tmp_path: Path) -> None:
    common = {"seek": 0, "tokens": [50364], "avg_logprob": -0.2, "compression_ratio": 1.1, "no_speech_prob": 0.01}
    content = [
        {"id": 1, "start": 0.5, "end": 2.0, "text": " How did it go?", "words": None, "speaker": "Dana", **common},
        {"id": 2, "start": 2.5, "end": 3.5, "text": " Fine.", "words": None, "speaker": "Ravi", **common},
    ]
    session = read(tmp_path, "fw.json", content)
    assert said(session) == CALL
    assert session.transcript.model == "whisper"


def test_whisper_without_speakers_is_refused(tmp_path: Path) -> None:
    content = {"text": "Hi.", "segments": [{"id": 0, "start": 0, "end": 1, "text": "Hi.", "avg_logprob": -0.1}]}
    with pytest.raises(RecordingError, match="does not say who speaks"):
        read(tmp_path, "plain.json", content)


def test_assemblyai_counts_in_milliseconds_and_its_duration_in_seconds(tmp_path: Path) -> None:
    content = {
        "id": "5551722",
        "status": "completed",
        "language_code": "en_us",
        "audio_duration": 281,
        "utterances": [
            {"speaker": "A", "start": 500, "end": 2_000, "confidence": 0.9, "text": "How did it go?", "words": []},
            {"speaker": "B", "start": 2_500, "end": 3_500, "confidence": 0.9, "text": "Fine.", "words": []},
        ],
        "words": [],
    }
    session = read(tmp_path, "assembly.json", content)
    assert said(session) == [("A", *CALL[0][1:]), ("B", *CALL[1][1:])]
    assert session.duration_ms == 281_000


def deepgram(words: list[dict[str, Any]], *more_channels: list[dict[str, Any]]) -> dict[str, Any]:
    channels = [{"alternatives": [{"transcript": "", "words": each}]} for each in (words, *more_channels)]
    return {
        "metadata": {"created": "2026-11-02T15:35:56.637Z", "duration": 25.93, "channels": len(channels)},
        "results": {"channels": channels},
    }


def deepgram_word(text: str, start: float, end: float, **more: Any) -> dict[str, Any]:
    return {
        "word": text.lower().strip("?."),
        "punctuated_word": text,
        "start": start,
        "end": end,
        "confidence": 0.9,
        **more,
    }


DEEPGRAM_WORDS = [
    deepgram_word("How", 0.5, 0.8, speaker=0),
    deepgram_word("so?", 0.9, 2.0, speaker=0),
    deepgram_word("Fine.", 2.5, 3.5, speaker=1),
]


def test_deepgram_words_of_one_speaker_make_a_turn(tmp_path: Path) -> None:
    session = read(tmp_path, "deepgram.json", deepgram(DEEPGRAM_WORDS))
    assert said(session) == [("Speaker 0", 500, 2_000, "How so?"), ("Speaker 1", 2_500, 3_500, "Fine.")]
    assert session.duration_ms == 25_930
    assert session.recorded_on == date(2026, 11, 2)


def test_deepgram_utterances_are_turns(tmp_path: Path) -> None:
    content = deepgram(DEEPGRAM_WORDS)
    content["results"]["utterances"] = [
        {"start": 0.5, "end": 2.0, "channel": 0, "transcript": "How so?", "words": DEEPGRAM_WORDS[:2], "speaker": 0},
        {"start": 2.5, "end": 3.5, "channel": 0, "transcript": "Fine.", "words": DEEPGRAM_WORDS[2:], "speaker": 1},
    ]
    assert texts(read(tmp_path, "deepgram.json", content)) == [("Speaker 0", "How so?"), ("Speaker 1", "Fine.")]


def test_deepgram_channels_are_speakers_where_there_are_two(tmp_path: Path) -> None:
    content = deepgram([deepgram_word("Well?", 0.5, 2.0)], [deepgram_word("Fine.", 1.5, 3.5)])
    session = read(tmp_path, "stereo.json", content)
    assert said(session) == [("Channel 0", 500, 2_000, "Well?"), ("Channel 1", 1_500, 3_500, "Fine.")]
    assert session.turns_can_overlap


def test_deepgram_paragraphs_will_do_without_words(tmp_path: Path) -> None:
    first = [{"text": "Morning.", "start": 0.5, "end": 1.0}, {"text": "How did it go?", "start": 1.1, "end": 2.0}]
    paragraphs = [
        {"speaker": 0, "num_words": 5, "start": 0.5, "end": 2.0, "sentences": first},
        {"speaker": 1, "start": 2.5, "end": 3.5, "sentences": [{"text": "Fine.", "start": 2.5, "end": 3.5}]},
    ]
    content = deepgram([])
    best = content["results"]["channels"][0]["alternatives"][0]
    best["paragraphs"] = {"transcript": "", "paragraphs": paragraphs}
    expected = [("Speaker 0", 500, 2_000, "Morning. How did it go?"), ("Speaker 1", 2_500, 3_500, "Fine.")]
    assert said(read(tmp_path, "deepgram.json", content)) == expected
    del best["words"]
    assert said(read(tmp_path, "deepgram.json", content)) == expected


def recall_word(text: str, start: float, end: float) -> dict[str, Any]:
    return {
        "text": text,
        "start_timestamp": {"relative": start, "absolute": "2026-11-02T10:00:00.5Z"},
        "end_timestamp": {"relative": end, "absolute": "2026-11-02T10:00:02Z"},
    }


def test_recall_has_words_under_participants(tmp_path: Path) -> None:
    words = [recall_word("How", 0.5, 0.8), recall_word("did", 0.8, 1.0), recall_word("it", 1.0, 1.2)]
    content = [
        {"participant": {"id": 100, "name": "Dana"}, "words": [*words, recall_word("go?", 1.2, 2.0)]},
        {"participant": {"id": 200, "name": "Ravi"}, "words": [recall_word("Fine.", 2.5, 3.5)]},
    ]
    session = read(tmp_path, "recall.json", content)
    assert said(session) == CALL
    assert session.transcript.model == "recall"
    assert session.recorded_on == date(2026, 11, 2)
    assert [word.text for word in session.turns[0].words] == ["How", "did", "it", "go?"]


def test_recall_has_whole_sentences_as_words_where_it_read_captions(tmp_path: Path) -> None:
    content = [
        {"participant": {"id": 100, "name": None}, "words": [recall_word("How did it go?", 0.5, 2.0)]},
        {"speaker": "Ravi", "words": [{"text": "Fine.", "start_timestamp": 2.5, "end_timestamp": 3.5}]},
    ]
    session = read(tmp_path, "recall.json", content)
    assert said(session) == [("Speaker 100", *CALL[0][1:]), CALL[1]]
    assert session.turns[0].words == ()


def aws_item(content: str, start: str = "", end: str = "", **more: str) -> dict[str, Any]:
    times = {"start_time": start, "end_time": end, "type": "pronunciation"} if start else {"type": "punctuation"}
    return {**times, "alternatives": [{"confidence": "0.99", "content": content}], **more}


@pytest.mark.parametrize("labels_on_items", [True, False])
def test_amazon_transcribe_joins_words_punctuation_and_labels(tmp_path: Path, labels_on_items: bool) -> None:
    said_by = [("How", "0.5", "0.9", "spk_0"), ("so", "1.0", "2.0", "spk_0"), ("Fine", "2.5", "3.5", "spk_1")]
    words = [
        aws_item(text, start, end, **({"speaker_label": label} if labels_on_items else {}))
        for text, start, end, label in said_by
    ]
    labels = [
        {
            "start_time": start,
            "end_time": end,
            "speaker_label": label,
            "items": [{"start_time": start, "speaker_label": label}],
        }
        for _, start, end, label in said_by
    ]
    results = {
        "transcripts": [{"transcript": "How so? Fine."}],
        "speaker_labels": {"speakers": 2, "segments": labels},
        "items": [*words[:2], aws_item("?"), words[2], aws_item(".")],
    }
    session = read(tmp_path, "aws.json", {"jobName": "j", "accountId": "1", "results": results})
    assert said(session) == [("spk_0", 500, 2_000, "How so?"), ("spk_1", 2_500, 3_500, "Fine.")]


def test_call_analytics_has_turns_by_role(tmp_path: Path) -> None:
    turns = [
        {"ParticipantRole": "AGENT", "BeginOffsetMillis": 500, "EndOffsetMillis": 2000, "Content": "How did it go?"},
        {"ParticipantRole": "CUSTOMER", "BeginOffsetMillis": 2500, "EndOffsetMillis": 3500, "Content": "Fine."},
    ]
    session = read(tmp_path, "analytics.json", {"JobName": "j", "Transcript": turns})
    assert said(session) == [("AGENT", *CALL[0][1:]), ("CUSTOMER", *CALL[1][1:])]


def test_speechmatics_joins_words_and_knows_when_it_does_not_know_who(tmp_path: Path) -> None:
    def result(kind: str, text: str, start: float, end: float, speaker: str) -> dict[str, Any]:
        alternatives = [{"content": text, "confidence": 0.9, "speaker": speaker}]
        return {"type": kind, "start_time": start, "end_time": end, "alternatives": alternatives}

    results = [
        result("word", "How", 0.5, 0.8, "S1"),
        result("word", "so", 0.9, 2.0, "UU"),
        result("punctuation", "?", 2.0, 2.0, "UU"),
        result("word", "Fine", 2.5, 3.5, "S2"),
    ]
    session = read(tmp_path, "speechmatics.json", {"format": "2.9", "results": results})
    assert said(session) == [("S1", 500, 2_000, "How so?"), ("S2", 2_500, 3_500, "Fine")]


def test_google_repeats_all_words_with_their_tags_in_the_last_result(tmp_path: Path) -> None:
    def word(text: str, start: str, end: str, **tag: int) -> dict[str, Any]:
        return {"word": text, "startTime": start, "endTime": end, **tag}

    bare = [word("How", "0.500s", "0.8s"), word("so?", "0.9s", "2s"), word("Fine.", "2.500s", "3.500s")]
    tagged = [{**each, "speakerTag": tag} for each, tag in zip(bare, (1, 1, 2), strict=True)]
    results = [
        {"alternatives": [{"transcript": "How so? Fine.", "words": bare}]},
        {"alternatives": [{"words": tagged}]},
    ]
    session = read(tmp_path, "google.json", {"results": results})
    assert said(session) == [("Speaker 1", 500, 2_000, "How so?"), ("Speaker 2", 2_500, 3_500, "Fine.")]


def test_azure_gives_phrases_with_iso_times(tmp_path: Path) -> None:
    phrases = [
        {"channel": 0, "speaker": 2, "offset": "PT2.5S", "duration": "PT1S", "nBest": [{"display": "Fine."}]},
        {"channel": 0, "speaker": 1, "offset": "PT0.5S", "duration": "PT1.5S", "nBest": [{"display": "How so?"}]},
    ]
    content = {"timestamp": "2026-11-02T10:00:00Z", "duration": "PT1M2S", "recognizedPhrases": phrases}
    session = read(tmp_path, "azure.json", content)
    assert said(session) == [("Speaker 1", 500, 2_000, "How so?"), ("Speaker 2", 2_500, 3_500, "Fine.")]
    assert session.duration_ms == 62_000
    assert session.recorded_on == date(2026, 11, 2)


def test_lists_spread_over_many_objects_are_not_taken_for_a_transcript(tmp_path: Path) -> None:
    content = {
        "parts": [{"rows": [{"speaker": "Dana", "text": "Hi."}]}, {"rows": [{"speaker": "Ravi", "text": "Yo."}]}]
    }
    with pytest.raises(RecordingError, match="unknown shape"):
        read(tmp_path, "parts.json", content)


def test_rev_spells_monologues_out_of_elements(tmp_path: Path) -> None:
    content = {
        "speakers": [{"id": 0, "name": "Dana"}],
        "monologues": [
            {
                "speaker": 0,
                "elements": [
                    {"type": "text", "value": "How", "ts": 0.5, "end_ts": 0.8, "confidence": 0.9},
                    {"type": "punct", "value": " "},
                    {"type": "text", "value": "so", "ts": 0.9, "end_ts": 2.0, "confidence": 0.9},
                    {"type": "punct", "value": "?"},
                ],
            },
            {"speaker": 1, "elements": [{"type": "text", "value": "Fine", "ts": 2.5, "end_ts": 3.5}]},
        ],
    }
    assert said(read(tmp_path, "rev.json", content)) == [
        ("Dana", 500, 2_000, "How so?"),
        ("Speaker 1", 2_500, 3_500, "Fine"),
    ]


def test_fireflies_counts_sentences_in_seconds_and_dates_in_milliseconds(tmp_path: Path) -> None:
    sentences = [
        {
            "index": 0,
            "speaker_name": "Dana",
            "speaker_id": 0,
            "text": "How did it go?",
            "start_time": 0.5,
            "end_time": 2.0,
        },
        {"index": 1, "speaker_name": "Ravi", "speaker_id": 1, "text": "Fine.", "start_time": "2.5", "end_time": "3.5"},
    ]
    transcript = {"title": "1:1", "date": 1_793_613_600_000, "duration": 12.5, "sentences": sentences}
    session = read(tmp_path, "fireflies.json", {"data": {"transcript": transcript}})
    assert said(session) == CALL
    assert session.recorded_on == date(2026, 11, 2)


@pytest.mark.parametrize(
    "entry",
    [
        {"speaker": "Dana", "start": 0.5, "end": 2.0, "text": "How did it go?"},
        {"name": "Dana", "startMs": 500, "endMs": 2000, "content": "How did it go?"},
        {
            "speakerDisplayName": "Dana",
            "startOffset": "00:00:00.5000000",
            "endOffset": "0:0:2",
            "text": "How did it go?",
        },
        {"speaker": {"id": 1, "name": "Dana"}, "start": 500, "end": 2000, "transcript": "How did it go?"},
        {"who": "Dana", "begin": "PT0.5S", "duration": "PT1.5S", "utterance": "How did it go?"},
    ],
    ids="seconds ms-in-key stream object-speaker-ms iso".split(),
)
@pytest.mark.parametrize("wrap", ["list", "nested"])
def test_a_list_of_objects_is_read_by_its_usual_keys(tmp_path: Path, entry: dict[str, Any], wrap: str) -> None:
    content: Any = [entry, entry] if wrap == "list" else {"version": 1, "call": {"entries": [entry, entry]}}
    session = read(tmp_path, "own.json", content)
    assert said(session) == [("Dana", 500, 2_000, "How did it go? How did it go?")]
    assert session.transcript.model == "json"


def test_instants_are_counted_from_the_first(tmp_path: Path) -> None:
    content = [
        {"speaker": "Dana", "start": "2026-11-02T10:00:00Z", "end": "2026-11-02T10:00:02Z", "text": "How did it go?"},
        {"speaker": "Ravi", "start": "2026-11-02T10:00:02.5Z", "end": "2026-11-02T10:00:03Z", "text": "Fine."},
    ]
    session = read(tmp_path, "own.json", content)
    assert said(session) == [("Dana", 0, 2_000, "How did it go?"), ("Ravi", 2_500, 3_000, "Fine.")]
    assert session.warnings == (COUNTED,)


def test_lines_of_json_are_a_list(tmp_path: Path) -> None:
    content = '{"speaker": "Dana", "start": 0.5, "end": 2.0, "text": "How did it go?"}\n'
    content += '{"speaker": "Ravi", "start": 2.5, "end": 3.5, "text": "Fine."}\n'
    assert said(read(tmp_path, "own.jsonl", content)) == CALL


PEOPLE = [{"id": 1, "name": "Dana"}, {"id": 2, "name": "Ravi"}]


@pytest.mark.parametrize(("first", "second"), [(1, 2), ("1", "2"), (1.0, 2.0), ({"id": 1}, {"id": 2})])
@pytest.mark.parametrize("words", [{}, {"words": []}], ids=["object-list", "whisper"])
def test_numbers_of_speakers_become_the_names_that_the_file_lists(
    tmp_path: Path, first: object, second: object, words: dict[str, Any]
) -> None:
    segments = [
        {"speaker": first, "start": 0.5, "end": 2.0, "text": "How did it go?", **words},
        {"speaker": second, "start": 2.5, "end": 3.5, "text": "Fine.", **words},
    ]
    assert said(read(tmp_path, "own.json", {"speakers": PEOPLE, "segments": segments})) == CALL


def test_numbers_of_words_become_names_too(tmp_path: Path) -> None:
    words = whisper_words(("How", 0.5, 2.0), speaker=1) + whisper_words(("Fine.", 2.5, 3.5), speaker=2)
    content = {"speakers": PEOPLE, "segments": [{"start": 0.5, "end": 3.5, "text": "How Fine.", "words": words}]}
    assert texts(read(tmp_path, "words.json", content)) == [("Dana", "How"), ("Ravi", "Fine.")]


def test_numbers_that_the_file_does_not_name_stay_numbers(tmp_path: Path) -> None:
    segments = [{"speaker": number, "text": "Hello there."} for number in (1, 7, -1, 1234)]
    session = read(tmp_path, "own.json", {"speakers": PEOPLE, "segments": segments})
    assert [speaker.name for speaker in session.speakers] == ["Dana", "Speaker 7", "Speaker -1", "Speaker 1234"]


def test_fireflies_finds_a_missing_name_among_its_speakers(tmp_path: Path) -> None:
    sentences = [
        {"speaker_name": None, "speaker_id": 1, "text": "How did it go?", "start_time": 0.5, "end_time": 2.0},
        {"speaker_name": "Ravi", "speaker_id": 2, "text": "Fine.", "start_time": 2.5, "end_time": 3.5},
    ]
    content = {"data": {"transcript": {"speakers": PEOPLE, "sentences": sentences}}}
    assert said(read(tmp_path, "fireflies.json", content)) == CALL


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ({"date": 1793613600000}, date(2026, 11, 2)),
        ({"date": 1793577600000, "dateString": "2026-11-01T19:00:00-05:00"}, date(2026, 11, 1)),
        ({"date": 1793613600000, "dateString": "soon"}, date(2026, 11, 2)),
    ],
)
def test_fireflies_own_day_comes_before_that_of_its_instant(tmp_path: Path, given: dict[str, Any], day: date) -> None:
    sentences = [{"speaker_name": name, "text": "Fine.", "start_time": 0.5, "end_time": 2.0} for name in ("Al", "Bo")]
    assert read(tmp_path, "fireflies.json", {"sentences": sentences, **given}).recorded_on == day


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the machine's zone cannot be changed here")
@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
def test_instants_without_a_zone_are_the_same_time_on_every_machine(monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert time_ms("2026-11-01T03:00:00") == time_ms("2026-11-01T03:00:00Z")
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_list_whose_first_object_says_nothing_is_still_a_transcript(tmp_path: Path) -> None:
    content = [
        {"speaker": "Dana", "start": 0.0, "end": 0.2, "text": None},
        {"speaker": "Dana", "start": 0.5, "end": 2.0, "text": "How did it go?"},
        {"speaker": "Ravi", "start": 2.5, "end": 3.5, "text": "Fine."},
    ]
    assert said(read(tmp_path, "own.json", content)) == CALL


def test_speechmatics_may_begin_with_an_entity(tmp_path: Path) -> None:
    def result(kind: str, start: float, end: float, *alternatives: dict[str, str]) -> dict[str, Any]:
        return {"type": kind, "start_time": start, "end_time": end, "alternatives": list(alternatives)}

    results = [
        result("entity", 0.1, 0.4),
        result("word", 0.5, 2.0, {"content": "Two?", "speaker": "S1"}),
        result("word", 2.5, 3.5, {"content": "Fine.", "speaker": "S2"}),
    ]
    session = read(tmp_path, "entity.json", {"format": "2.9", "results": results})
    assert said(session) == [("S1", 500, 2_000, "Two?"), ("S2", 2_500, 3_500, "Fine.")]


def test_words_are_counted_from_the_first_turn_with_their_turns(tmp_path: Path) -> None:
    segments = [
        {"start": 3600.5, "end": 3602, "text": "How?", "speaker": "A1", "words": whisper_words(("How?", 3600.4, 3602))},
        {"start": 3603.0, "end": 3604, "text": "So.", "speaker": "B1", "words": whisper_words(("So.", 3603.0, 3604))},
    ]
    session = read(tmp_path, "late.json", {"segments": segments})
    assert [turn.words[0].span.start_ms for turn in session.turns] == [0, 2_500]
    assert session.warnings == (COUNTED,)


def test_a_speaker_may_be_an_object_with_a_display_name(tmp_path: Path) -> None:
    def said_at(name: str, text: str, timestamp: str) -> dict[str, Any]:
        return {"speaker": {"display_name": name, "email": None}, "text": text, "timestamp": timestamp}

    content = {"transcript": [said_at("Dana", "How did it go?", "00:00:03"), said_at("Ravi", "Fine.", "00:00:07")]}
    assert said(read(tmp_path, "fathom.json", content)) == [
        ("Dana", 3_000, 5_400, "How did it go?"),
        ("Ravi", 7_000, 7_400, "Fine."),
    ]


def test_a_speaker_may_be_the_first_of_a_list_of_users(tmp_path: Path) -> None:
    content = {
        "timeline": [
            {
                "text": "How did it go?",
                "ts": "00:00:00.500",
                "end_ts": "00:00:02.000",
                "users": [{"username": "Dana", "user_id": "1"}],
            },
            {"text": "Fine.", "ts": "00:00:02.500", "end_ts": "00:00:03.500", "users": [{"username": "Ravi"}]},
        ]
    }
    assert said(read(tmp_path, "timeline.json", content)) == CALL


def scribe_word(text: str, start: float, end: float, speaker: str, kind: str = "word") -> dict[str, Any]:
    return {"text": text, "start": start, "end": end, "type": kind, "speaker_id": speaker}


SCRIBE_WORDS = [
    scribe_word("How", 0.5, 0.8, "speaker_0"),
    scribe_word(" ", 0.8, 0.9, "speaker_0", "spacing"),
    scribe_word("so?", 0.9, 2.0, "speaker_0"),
    scribe_word("(upbeat music)", 2.0, 2.4, "speaker_0", "audio_event"),
    scribe_word("Fine.", 2.5, 3.5, "speaker_1"),
]
SCRIBE_SAID = [("speaker_0", 500, 2_000, "How so?"), ("speaker_1", 2_500, 3_500, "Fine.")]


@pytest.mark.parametrize(
    "content",
    [
        {"language_code": "eng", "text": "How so? Fine.", "words": SCRIBE_WORDS},
        {"transcripts": [{"language_code": "eng", "words": part} for part in (SCRIBE_WORDS[:4], SCRIBE_WORDS[4:])]},
    ],
    ids=["one", "channels"],
)
def test_elevenlabs_lists_words_spaces_and_sounds(tmp_path: Path, content: dict[str, Any]) -> None:
    session = read(tmp_path, "scribe.json", content)
    assert said(session) == SCRIBE_SAID
    assert [word.text for word in session.turns[0].words] == ["How", "so?"]
    assert (session.transcript.model, session.transcript.language) == ("elevenlabs", "en")


def test_google_channels_are_speakers_where_no_word_is_tagged(tmp_path: Path) -> None:
    def result(channel: int, text: str, start: str, end: str) -> dict[str, Any]:
        words = [{"word": text, "startTime": start, "endTime": end}]
        return {"alternatives": [{"transcript": text, "words": words}], "channelTag": channel}

    results = [
        result(1, "Well?", "0.5s", "2s"),
        result(1, "Good.", "4s", "5s"),
        result(2, "Fine.", "2.5s", "3.5s"),
    ]
    assert said(read(tmp_path, "google.json", {"results": results})) == [
        ("Channel 1", 500, 2_000, "Well?"),
        ("Channel 2", 2_500, 3_500, "Fine."),
        ("Channel 1", 4_000, 5_000, "Good."),
    ]


def test_whisper_cpp_has_offsets_in_milliseconds(tmp_path: Path) -> None:
    def segment(text: str, start_ms: int, end_ms: int, speaker: str) -> dict[str, Any]:
        return {"offsets": {"from": start_ms, "to": end_ms}, "text": text, "speaker": speaker}

    segments = [
        segment(" How did", 500, 1_000, "0"),
        segment(" it go?", 1_000, 2_000, "?"),
        segment(" Fine.", 2_500, 3_500, "1"),
    ]
    session = read(tmp_path, "cpp.json", {"result": {"language": "en"}, "transcription": segments})
    assert said(session) == [("Speaker 0", *CALL[0][1:]), ("Speaker 1", *CALL[1][1:])]
    assert session.transcript.language == "en"


def test_dialpad_has_moments_among_its_lines(tmp_path: Path) -> None:
    lines = [
        {"name": "Dana Okafor", "content": "How so?", "time": "2026-11-02T10:00:00.500000", "type": "transcript"},
        {"name": "Dana Okafor", "content": "price_inquiry", "time": "2026-11-02T10:00:02.000000", "type": "moment"},
        {"name": "Ravi Patel", "content": "Quiet.", "time": "2026-11-02T10:00:04.500000", "type": "transcript"},
    ]
    session = read(tmp_path, "call.json", {"call_id": 7, "lines": lines})
    assert session.transcript.model == "dialpad"
    assert [(name, start_ms, text) for name, start_ms, _, text in said(session)] == [
        ("Dana Okafor", 0, "How so?"),
        ("Ravi Patel", 4_000, "Quiet."),
    ]
    assert session.recorded_on == date(2026, 11, 2)


@pytest.mark.parametrize("key", ["speakerInfo", "attendees"])
def test_ids_find_their_names_in_lists_under_other_words(tmp_path: Path, key: str) -> None:
    people = [{"speakerId": "p1", "full_name": "Dana Okafor"}, {"speakerId": "p2", "full_name": "Ravi Patel"}]
    rows = [{"speakerId": "p1", "text": "How so?", "start": 1}, {"speakerId": "p2", "text": "Quiet.", "start": 5}]
    session = read(tmp_path, "call.json", {key: people, "insights": {"Transcript": rows}})
    assert [speaker.name for speaker in session.speakers] == ["Dana Okafor", "Ravi Patel"]


def test_attendees_of_sentences_are_speakers(tmp_path: Path) -> None:
    rows = [
        {"recording_attendee_id": f"a-{place}", "text": text, "start_time": place, "end_time": place + 0.5}
        for place, text in enumerate(("How so?", "Quiet."))
    ]
    session = read(tmp_path, "call.json", {"data": [{"sentences": rows}]})
    assert said(session) == [("a-0", 0, 500, "How so?"), ("a-1", 1_000, 1_500, "Quiet.")]


def test_a_list_of_the_times_of_words_starts_with_the_turn(tmp_path: Path) -> None:
    rows = [
        {"transcript": "How so?", "timestamps": [1.0, 1.4], "speaker_id": 0},
        {"transcript": "Quiet.", "timestamps": [5.0], "speaker_id": 1},
    ]
    people = [{"id": 0, "name": "Dana Okafor"}, {"id": 1, "name": "Ravi Patel"}]
    turns = said(read(tmp_path, "call.json", {"transcript": rows, "speakers": people}))
    assert [(name, start_ms) for name, start_ms, _, _ in turns] == [("Dana Okafor", 1_000), ("Ravi Patel", 5_000)]


def test_the_list_with_the_most_words_is_the_transcript(tmp_path: Path) -> None:
    notes = [{"text": f"Point {place}", "time": place} for place in range(3)]
    rows = [
        {"speaker": "Dana Okafor", "text": "And how did they take it, would you say?", "start": 1},
        {"speaker": "Ravi Patel", "text": "They went quiet.", "start": 5},
    ]
    session = read(tmp_path, "call.json", {"notes": notes, "transcript": rows})
    assert [speaker.name for speaker in session.speakers] == ["Dana Okafor", "Ravi Patel"]
