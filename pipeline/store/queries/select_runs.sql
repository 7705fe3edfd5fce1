SELECT started_at, device, versions, timings_ms, recording FROM runs WHERE session_id = $session_id ORDER BY started_at
