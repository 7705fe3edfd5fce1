SELECT session_id, arg_max(recording, started_at) FROM runs WHERE recording IS NOT NULL GROUP BY session_id
