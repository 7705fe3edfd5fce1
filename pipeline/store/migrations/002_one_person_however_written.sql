-- One manager is one person however the name is written, and sessions without a date come first, as in reports.
CREATE OR REPLACE VIEW coach_trend AS
WITH counted AS (
    SELECT trim(regexp_replace(manager, '[\s\p{Z}]+', ' ', 'g')) AS name, lower(name) AS person, source,
        recorded_on, session_id, rubric_name, rubric_version,
        coalesce(round(non_directive_ratio * non_directive_ratio_n), 0)::BIGINT AS non_directive_units,
        coalesce(non_directive_ratio_n, 0) AS sorted_units
    FROM session_scorecard
)
SELECT last(name) OVER whole AS manager,
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
WHERE person <> ''
WINDOW
    so_far AS (PARTITION BY person ORDER BY recorded_on NULLS FIRST, source, session_id),
    last_five AS (
        PARTITION BY person ORDER BY recorded_on NULLS FIRST, source, session_id
        ROWS BETWEEN 4 PRECEDING AND CURRENT ROW
    ),
    whole AS (
        PARTITION BY person ORDER BY recorded_on NULLS FIRST, source, session_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    )
ORDER BY person, session_number;
COMMENT ON VIEW coach_trend IS 'One session of a named manager a row, in order of date, with the last five sessions added up.';
COMMENT ON COLUMN coach_trend.manager IS 'Name of the manager as the last session writes it; neither capitals nor spaces make another person.';
COMMENT ON COLUMN coach_trend.session_number IS 'Which of the manager''s sessions it is, from 1; sessions without a date come first, for nobody knows when they were.';
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
