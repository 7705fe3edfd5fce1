COMMENT ON COLUMN runs.started_at IS 'When work on the session started, in UTC.';
COMMENT ON COLUMN runs.device IS 'What the models ran on, e.g. cpu; none where no model took part.';
COMMENT ON COLUMN runs.versions IS 'Versions of the software, and the recogniser and classifier that took part.';
