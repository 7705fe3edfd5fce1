CREATE TABLE codes (
    place INTEGER NOT NULL,
    code VARCHAR PRIMARY KEY
);
COMMENT ON TABLE codes IS 'The codebook''s twelve codes, one row each.';
COMMENT ON COLUMN codes.place IS 'Order of the code in the codebook, from 0.';
COMMENT ON COLUMN codes.code IS 'What a manager''s unit does to the conversation, e.g. open_question.';
INSERT INTO codes VALUES
    (0, 'open_question'), (1, 'closed_question'), (2, 'leading_question'), (3, 'reflection'), (4, 'support'),
    (5, 'praise'), (6, 'observation'), (7, 'judgment'), (8, 'directive_advice'), (9, 'teaching'),
    (10, 'backchannel'), (11, 'other');

CREATE TABLE sessions (
    session_id VARCHAR PRIMARY KEY,
    source VARCHAR NOT NULL,
    recorded_on DATE,
    duration_ms INTEGER NOT NULL,
    transcript_engine VARCHAR NOT NULL,
    transcript_model VARCHAR NOT NULL,
    transcript_draft BOOLEAN NOT NULL,
    language VARCHAR,
    turns_can_overlap BOOLEAN NOT NULL,
    warnings VARCHAR[] NOT NULL,
    heard_key VARCHAR NOT NULL,
    coded_key VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE sessions IS 'One coaching conversation a row, known by the content of its recording or transcript.';
COMMENT ON COLUMN sessions.session_id IS 'SHA-256 of the recording or transcript, in hexadecimal.';
COMMENT ON COLUMN sessions.source IS 'Name of the file the session came from.';
COMMENT ON COLUMN sessions.recorded_on IS 'Day of the conversation; null where nobody said.';
COMMENT ON COLUMN sessions.duration_ms IS 'Length of the session in milliseconds.';
COMMENT ON COLUMN sessions.transcript_engine IS 'Recogniser or transcript format that made the words.';
COMMENT ON COLUMN sessions.transcript_model IS 'Model of that recogniser.';
COMMENT ON COLUMN sessions.transcript_draft IS 'True where the words come from a small recogniser and are not to be trusted silently.';
COMMENT ON COLUMN sessions.language IS 'ISO 639-1 code of the language heard; null where unknown.';
COMMENT ON COLUMN sessions.turns_can_overlap IS 'False for transcripts whose turns never overlap, where interruptions cannot be counted.';
COMMENT ON COLUMN sessions.warnings IS 'What to know before trusting the transcript, in words.';
COMMENT ON COLUMN sessions.heard_key IS 'Digest of what the transcript depends on: recording, models, options.';
COMMENT ON COLUMN sessions.coded_key IS 'Digest of what the codes depend on: transcript, classifier, options.';
COMMENT ON COLUMN sessions.saved_at IS 'When the run started that saved the session, in UTC.';

CREATE TABLE speakers (
    session_id VARCHAR NOT NULL,
    place INTEGER NOT NULL,
    label VARCHAR NOT NULL,
    name VARCHAR,
    role VARCHAR NOT NULL,
    role_confidence DOUBLE NOT NULL,
    talk_ms BIGINT NOT NULL
);
COMMENT ON TABLE speakers IS 'One voice of one session a row.';
COMMENT ON COLUMN speakers.session_id IS 'The session.';
COMMENT ON COLUMN speakers.place IS 'Order of the speaker in the session, from 0.';
COMMENT ON COLUMN speakers.label IS 'Label the turns use, e.g. S1.';
COMMENT ON COLUMN speakers.name IS 'Name of the person; null where unknown.';
COMMENT ON COLUMN speakers.role IS 'manager, rep or other.';
COMMENT ON COLUMN speakers.role_confidence IS 'How sure the role is, 0 to 1; 1 where a person named it.';
COMMENT ON COLUMN speakers.talk_ms IS 'Length of all the speaker''s turns together, in milliseconds.';

CREATE TABLE turns (
    session_id VARCHAR NOT NULL,
    turn_index INTEGER NOT NULL,
    speaker VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    words STRUCT(start_ms INTEGER, end_ms INTEGER, text VARCHAR, probability DOUBLE, speaker VARCHAR)[] NOT NULL
);
COMMENT ON TABLE turns IS 'What one speaker says until the other takes the floor, one row each.';
COMMENT ON COLUMN turns.session_id IS 'The session.';
COMMENT ON COLUMN turns.turn_index IS 'Order of the turn in the session, from 0.';
COMMENT ON COLUMN turns.speaker IS 'Label of the speaker, as in speakers.label.';
COMMENT ON COLUMN turns.role IS 'Role of that speaker: manager, rep or other.';
COMMENT ON COLUMN turns.start_ms IS 'Start in the session, in milliseconds.';
COMMENT ON COLUMN turns.end_ms IS 'End in the session, in milliseconds, excluded.';
COMMENT ON COLUMN turns.text IS 'What was said.';
COMMENT ON COLUMN turns.words IS 'Words with times and the recogniser''s own probability; empty where times per word are unknown.';

CREATE TABLE units (
    session_id VARCHAR NOT NULL,
    unit_index INTEGER NOT NULL,
    turn_index INTEGER NOT NULL,
    role VARCHAR NOT NULL,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    code VARCHAR,
    confidence DOUBLE,
    probabilities MAP(VARCHAR, DOUBLE),
    attributes VARCHAR[] NOT NULL,
    rep_attributes VARCHAR[] NOT NULL
);
COMMENT ON TABLE units IS 'One sentence or standing fragment of a turn a row: what is coded.';
COMMENT ON COLUMN units.session_id IS 'The session.';
COMMENT ON COLUMN units.unit_index IS 'Order of the unit in the session, from 0.';
COMMENT ON COLUMN units.turn_index IS 'The turn it is part of.';
COMMENT ON COLUMN units.role IS 'Role of who says it: manager, rep or other.';
COMMENT ON COLUMN units.start_ms IS 'Start in the session, in milliseconds.';
COMMENT ON COLUMN units.end_ms IS 'End in the session, in milliseconds, excluded.';
COMMENT ON COLUMN units.text IS 'What was said.';
COMMENT ON COLUMN units.code IS 'The likeliest code; null where the unit is not coded, as the rep''s are not.';
COMMENT ON COLUMN units.confidence IS 'Calibrated probability of that code, 0 to 1.';
COMMENT ON COLUMN units.probabilities IS 'Calibrated probability of every code; null where the unit is not coded.';
COMMENT ON COLUMN units.attributes IS 'Attributes that hold for the unit, in order of the alphabet.';
COMMENT ON COLUMN units.rep_attributes IS 'Of them, those found apart from any code, as on the rep''s units.';

CREATE TABLE rubrics (
    rubric_hash VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    text VARCHAR NOT NULL
);
COMMENT ON TABLE rubrics IS 'Every rubric a session was ever scored with, in full.';
COMMENT ON COLUMN rubrics.rubric_hash IS 'SHA-256 of the text, in hexadecimal.';
COMMENT ON COLUMN rubrics.name IS 'Name of the rubric.';
COMMENT ON COLUMN rubrics.version IS 'Version the rubric gives itself.';
COMMENT ON COLUMN rubrics.text IS 'The rubric file, word for word.';

CREATE TABLE scores (
    session_id VARCHAR PRIMARY KEY,
    rubric_name VARCHAR NOT NULL,
    rubric_version INTEGER NOT NULL,
    rubric_hash VARCHAR,
    overall DOUBLE,
    warnings VARCHAR[] NOT NULL,
    scored_key VARCHAR NOT NULL
);
COMMENT ON TABLE scores IS 'A session''s overall score under the rubric it was last scored with, one row a session.';
COMMENT ON COLUMN scores.session_id IS 'The session.';
COMMENT ON COLUMN scores.rubric_name IS 'Name of the rubric.';
COMMENT ON COLUMN scores.rubric_version IS 'Version of the rubric.';
COMMENT ON COLUMN scores.rubric_hash IS 'The rubric''s text, as in rubrics.rubric_hash; null where the text was not kept.';
COMMENT ON COLUMN scores.overall IS 'Weighted score, 0 to 100; null where nothing could be scored.';
COMMENT ON COLUMN scores.warnings IS 'What to know before trusting the scorecard, in words.';
COMMENT ON COLUMN scores.scored_key IS 'Digest of what the scores depend on: codes, rubric, options.';

CREATE TABLE criteria (
    session_id VARCHAR NOT NULL,
    place INTEGER NOT NULL,
    criterion_id VARCHAR NOT NULL,
    band VARCHAR,
    score DOUBLE,
    evidence INTEGER[] NOT NULL
);
COMMENT ON TABLE criteria IS 'How a session did on one criterion of the rubric, one row each.';
COMMENT ON COLUMN criteria.session_id IS 'The session.';
COMMENT ON COLUMN criteria.place IS 'Order of the criterion in the rubric, from 0.';
COMMENT ON COLUMN criteria.criterion_id IS 'The rubric''s name for the criterion.';
COMMENT ON COLUMN criteria.band IS 'The rubric''s band; null where there is not enough evidence.';
COMMENT ON COLUMN criteria.score IS 'Score on the criterion; null where there is not enough evidence.';
COMMENT ON COLUMN criteria.evidence IS 'The units the band rests on, as in units.unit_index.';

CREATE TABLE metrics (
    session_id VARCHAR NOT NULL,
    place INTEGER NOT NULL,
    metric_id VARCHAR NOT NULL,
    value DOUBLE,
    n BIGINT NOT NULL,
    unit VARCHAR NOT NULL,
    low DOUBLE,
    high DOUBLE,
    enough_evidence BOOLEAN NOT NULL
);
COMMENT ON TABLE metrics IS 'One number of one session a row.';
COMMENT ON COLUMN metrics.session_id IS 'The session.';
COMMENT ON COLUMN metrics.place IS 'Order of the metric on the scorecard, from 0.';
COMMENT ON COLUMN metrics.metric_id IS 'Name of the metric, e.g. non_directive_ratio.';
COMMENT ON COLUMN metrics.value IS 'The number; null where it is undefined.';
COMMENT ON COLUMN metrics.n IS 'The denominator: how much the number rests on.';
COMMENT ON COLUMN metrics.unit IS 'Unit of the number, e.g. ratio, s or count.';
COMMENT ON COLUMN metrics.low IS 'Lower end of the 90 % interval; null where the metric rests on no codes.';
COMMENT ON COLUMN metrics.high IS 'Upper end of the 90 % interval; null where the metric rests on no codes.';
COMMENT ON COLUMN metrics.enough_evidence IS 'False where n is below what the rubric asks for.';

CREATE TABLE findings (
    session_id VARCHAR NOT NULL,
    place INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    units INTEGER[] NOT NULL,
    instead VARCHAR
);
COMMENT ON TABLE findings IS 'Something a session shows: which rule fired, and where; one row each.';
COMMENT ON COLUMN findings.session_id IS 'The session.';
COMMENT ON COLUMN findings.place IS 'Order of the finding on the scorecard, from 0.';
COMMENT ON COLUMN findings.kind IS 'strength, focus, moment or missed_opening.';
COMMENT ON COLUMN findings.rule IS 'The rule that fired.';
COMMENT ON COLUMN findings.text IS 'The finding in words.';
COMMENT ON COLUMN findings.start_ms IS 'Start in the session, in milliseconds.';
COMMENT ON COLUMN findings.end_ms IS 'End in the session, in milliseconds, excluded.';
COMMENT ON COLUMN findings.units IS 'The units it rests on, as in units.unit_index.';
COMMENT ON COLUMN findings.instead IS 'The rubric''s wording of what to ask in place of a directive unit, or null.';

CREATE TABLE steps (
    session_id VARCHAR NOT NULL,
    place INTEGER NOT NULL,
    step_id VARCHAR NOT NULL,
    start_ms INTEGER,
    end_ms INTEGER,
    units INTEGER[] NOT NULL
);
COMMENT ON TABLE steps IS 'One step of the rubric''s coaching process in one session a row, seen or missing.';
COMMENT ON COLUMN steps.session_id IS 'The session.';
COMMENT ON COLUMN steps.place IS 'Order of the step in the process, from 0.';
COMMENT ON COLUMN steps.step_id IS 'The rubric''s name for the step.';
COMMENT ON COLUMN steps.start_ms IS 'Start in the session, in milliseconds; null where the step is missing.';
COMMENT ON COLUMN steps.end_ms IS 'End in the session, in milliseconds, excluded; null where the step is missing.';
COMMENT ON COLUMN steps.units IS 'The units that show it, as in units.unit_index; empty where the step is missing.';

CREATE TABLE runs (
    session_id VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    device VARCHAR NOT NULL,
    versions MAP(VARCHAR, VARCHAR) NOT NULL,
    timings_ms MAP(VARCHAR, INTEGER) NOT NULL,
    recording VARCHAR
);
COMMENT ON TABLE runs IS 'Each time a session was processed: with what, on what, and how long it took.';
COMMENT ON COLUMN runs.session_id IS 'The session.';
COMMENT ON COLUMN runs.started_at IS 'When the run started, in UTC.';
COMMENT ON COLUMN runs.device IS 'What the models ran on, e.g. cpu.';
COMMENT ON COLUMN runs.versions IS 'Versions of the software and models that took part.';
COMMENT ON COLUMN runs.timings_ms IS 'Milliseconds each stage took; stages that were up to date are absent.';
COMMENT ON COLUMN runs.recording IS 'Where the recording lay then, so that pages made anew can play it; null for text.';

CREATE TABLE annotations (
    session_id VARCHAR NOT NULL,
    unit_index INTEGER NOT NULL,
    rater VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    attributes VARCHAR[] NOT NULL,
    blind BOOLEAN NOT NULL,
    rated_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE annotations IS 'The code one rater gave one unit, one row each; a rater''s newer code replaces the older.';
COMMENT ON COLUMN annotations.session_id IS 'The session.';
COMMENT ON COLUMN annotations.unit_index IS 'The unit, as in units.unit_index when it was rated.';
COMMENT ON COLUMN annotations.rater IS 'Who rated it.';
COMMENT ON COLUMN annotations.text IS 'The unit''s words as the rater saw them, which a later transcript may change.';
COMMENT ON COLUMN annotations.code IS 'The code the rater gave.';
COMMENT ON COLUMN annotations.attributes IS 'Attributes the rater set, in order of the alphabet.';
COMMENT ON COLUMN annotations.blind IS 'True where the rater saw neither the model''s code nor another rater''s.';
COMMENT ON COLUMN annotations.rated_at IS 'When, in UTC.';

CREATE TABLE outcomes (
    session_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    value DOUBLE NOT NULL,
    noted_on DATE
);
COMMENT ON TABLE outcomes IS 'What came of a session, measured elsewhere, e.g. an expert''s grade or the deal won; one row each.';
COMMENT ON COLUMN outcomes.session_id IS 'The session.';
COMMENT ON COLUMN outcomes.name IS 'What was measured.';
COMMENT ON COLUMN outcomes.value IS 'The number; 1 and 0 for yes and no.';
COMMENT ON COLUMN outcomes.noted_on IS 'Day it was measured; null where nobody said.';

CREATE VIEW unit_probabilities AS
SELECT session_id, unit_index, entry.key AS code, entry.value AS probability
FROM (SELECT session_id, unit_index, unnest(map_entries(probabilities)) AS entry FROM units);
COMMENT ON VIEW unit_probabilities IS 'One code of one coded unit a row, with its probability.';
COMMENT ON COLUMN unit_probabilities.session_id IS 'The session.';
COMMENT ON COLUMN unit_probabilities.unit_index IS 'The unit.';
COMMENT ON COLUMN unit_probabilities.code IS 'The code.';
COMMENT ON COLUMN unit_probabilities.probability IS 'Its calibrated probability, 0 to 1.';

CREATE VIEW code_counts AS
SELECT sessions.session_id, codes.code, count(units.code) AS units,
    coalesce(sum(units.end_ms - units.start_ms), 0) / 1000 AS seconds
FROM sessions
CROSS JOIN codes
LEFT JOIN units
    ON units.session_id = sessions.session_id AND units.code = codes.code AND units.role = 'manager'
GROUP BY sessions.session_id, codes.place, codes.code;
COMMENT ON VIEW code_counts IS 'How often and how long the manager did what each code names: a row for every session and code, zeros included.';
COMMENT ON COLUMN code_counts.session_id IS 'The session.';
COMMENT ON COLUMN code_counts.code IS 'The code.';
COMMENT ON COLUMN code_counts.units IS 'Manager units of that code.';
COMMENT ON COLUMN code_counts.seconds IS 'Seconds those units last together.';

CREATE VIEW session_scorecard AS
WITH people AS (
    SELECT session_id,
        arg_min(name, place) FILTER (WHERE role = 'manager') AS manager,
        arg_min(name, place) FILTER (WHERE role = 'rep') AS rep
    FROM speakers
    GROUP BY session_id
),
numbers AS (
    SELECT session_id,
        any_value(value) FILTER (WHERE metric_id = 'non_directive_ratio') AS non_directive_ratio,
        any_value(low) FILTER (WHERE metric_id = 'non_directive_ratio') AS non_directive_ratio_low,
        any_value(high) FILTER (WHERE metric_id = 'non_directive_ratio') AS non_directive_ratio_high,
        any_value(n) FILTER (WHERE metric_id = 'non_directive_ratio') AS non_directive_ratio_n,
        any_value(enough_evidence) FILTER (WHERE metric_id = 'non_directive_ratio') AS non_directive_ratio_enough,
        any_value(value) FILTER (WHERE metric_id = 'open_question_share') AS open_question_share,
        any_value(low) FILTER (WHERE metric_id = 'open_question_share') AS open_question_share_low,
        any_value(high) FILTER (WHERE metric_id = 'open_question_share') AS open_question_share_high,
        any_value(n) FILTER (WHERE metric_id = 'open_question_share') AS open_question_share_n,
        any_value(value) FILTER (WHERE metric_id = 'reflection_to_question') AS reflection_to_question,
        any_value(low) FILTER (WHERE metric_id = 'reflection_to_question') AS reflection_to_question_low,
        any_value(high) FILTER (WHERE metric_id = 'reflection_to_question') AS reflection_to_question_high,
        any_value(n) FILTER (WHERE metric_id = 'reflection_to_question') AS reflection_to_question_n,
        any_value(value) FILTER (WHERE metric_id = 'talk_share_manager') AS talk_share_manager
    FROM metrics
    GROUP BY session_id
)
SELECT sessions.session_id, sessions.source, sessions.recorded_on, people.manager, people.rep,
    sessions.duration_ms / 1000 AS duration_s, scores.overall,
    numbers.* EXCLUDE (session_id),
    scores.rubric_name, scores.rubric_version, sessions.transcript_draft AS draft
FROM sessions
JOIN scores USING (session_id)
LEFT JOIN people USING (session_id)
LEFT JOIN numbers USING (session_id);
COMMENT ON VIEW session_scorecard IS 'One session a row: who, when, how long, and the numbers a scorecard leads with.';
COMMENT ON COLUMN session_scorecard.session_id IS 'The session.';
COMMENT ON COLUMN session_scorecard.source IS 'Name of the file the session came from.';
COMMENT ON COLUMN session_scorecard.recorded_on IS 'Day of the conversation; null where nobody said.';
COMMENT ON COLUMN session_scorecard.manager IS 'Name of the manager; null where unknown.';
COMMENT ON COLUMN session_scorecard.rep IS 'Name of the salesperson; null where unknown.';
COMMENT ON COLUMN session_scorecard.duration_s IS 'Length of the session in seconds.';
COMMENT ON COLUMN session_scorecard.overall IS 'Weighted score, 0 to 100; null where nothing could be scored.';
COMMENT ON COLUMN session_scorecard.non_directive_ratio IS 'Non-directive units ÷ (non-directive + directive units) of the manager; null without either.';
COMMENT ON COLUMN session_scorecard.non_directive_ratio_low IS 'Lower end of its 90 % interval.';
COMMENT ON COLUMN session_scorecard.non_directive_ratio_high IS 'Upper end of its 90 % interval.';
COMMENT ON COLUMN session_scorecard.non_directive_ratio_n IS 'Units it rests on.';
COMMENT ON COLUMN session_scorecard.non_directive_ratio_enough IS 'False where those are fewer than the rubric asks for.';
COMMENT ON COLUMN session_scorecard.open_question_share IS 'Open questions ÷ all the manager''s questions; null without a question.';
COMMENT ON COLUMN session_scorecard.open_question_share_low IS 'Lower end of its 90 % interval.';
COMMENT ON COLUMN session_scorecard.open_question_share_high IS 'Upper end of its 90 % interval.';
COMMENT ON COLUMN session_scorecard.open_question_share_n IS 'Questions it rests on.';
COMMENT ON COLUMN session_scorecard.reflection_to_question IS 'Reflections ÷ questions of the manager; null without a question.';
COMMENT ON COLUMN session_scorecard.reflection_to_question_low IS 'Lower end of its 90 % interval.';
COMMENT ON COLUMN session_scorecard.reflection_to_question_high IS 'Upper end of its 90 % interval.';
COMMENT ON COLUMN session_scorecard.reflection_to_question_n IS 'Questions it rests on.';
COMMENT ON COLUMN session_scorecard.talk_share_manager IS 'Manager''s speech ÷ (manager''s + salesperson''s speech).';
COMMENT ON COLUMN session_scorecard.rubric_name IS 'Name of the rubric.';
COMMENT ON COLUMN session_scorecard.rubric_version IS 'Version of the rubric.';
COMMENT ON COLUMN session_scorecard.draft IS 'True where the transcript comes from a small recogniser and is a draft.';

CREATE VIEW coach_trend AS
WITH counted AS (
    SELECT manager, recorded_on, session_id, rubric_name, rubric_version,
        coalesce(round(non_directive_ratio * non_directive_ratio_n), 0)::BIGINT AS non_directive_units,
        coalesce(non_directive_ratio_n, 0) AS sorted_units
    FROM session_scorecard
    WHERE manager IS NOT NULL
)
SELECT manager,
    row_number() OVER so_far AS session_number,
    recorded_on, session_id, rubric_name, rubric_version,
    non_directive_units,
    sorted_units - non_directive_units AS directive_units,
    non_directive_units / nullif(sorted_units, 0) AS non_directive_ratio,
    count(*) OVER last_five AS last_five_sessions,
    (sum(non_directive_units) OVER last_five)::BIGINT AS last_five_non_directive_units,
    (sum(sorted_units - non_directive_units) OVER last_five)::BIGINT AS last_five_directive_units,
    sum(non_directive_units) OVER last_five / nullif(sum(sorted_units) OVER last_five, 0) AS last_five_non_directive_ratio
FROM counted
WINDOW
    so_far AS (PARTITION BY manager ORDER BY recorded_on NULLS LAST, session_id),
    last_five AS (
        PARTITION BY manager ORDER BY recorded_on NULLS LAST, session_id ROWS BETWEEN 4 PRECEDING AND CURRENT ROW
    )
ORDER BY manager, session_number;
COMMENT ON VIEW coach_trend IS 'One session of a named manager a row, in order of date, with the last five sessions added up.';
COMMENT ON COLUMN coach_trend.manager IS 'Name of the manager.';
COMMENT ON COLUMN coach_trend.session_number IS 'Which of the manager''s sessions it is, from 1; sessions without a date come last.';
COMMENT ON COLUMN coach_trend.recorded_on IS 'Day of the conversation; null where nobody said.';
COMMENT ON COLUMN coach_trend.session_id IS 'The session.';
COMMENT ON COLUMN coach_trend.rubric_name IS 'Name of the rubric.';
COMMENT ON COLUMN coach_trend.rubric_version IS 'Version of the rubric.';
COMMENT ON COLUMN coach_trend.non_directive_units IS 'Manager units that ask, by the rubric''s orientation.';
COMMENT ON COLUMN coach_trend.directive_units IS 'Manager units that tell, by the rubric''s orientation.';
COMMENT ON COLUMN coach_trend.non_directive_ratio IS 'The first ÷ both; null without either.';
COMMENT ON COLUMN coach_trend.last_five_sessions IS 'How many sessions the last columns add up: this one and up to four before it.';
COMMENT ON COLUMN coach_trend.last_five_non_directive_units IS 'Units that ask in those sessions.';
COMMENT ON COLUMN coach_trend.last_five_directive_units IS 'Units that tell in those sessions.';
COMMENT ON COLUMN coach_trend.last_five_non_directive_ratio IS 'The ratio of those added counts, never a mean of ratios.';
