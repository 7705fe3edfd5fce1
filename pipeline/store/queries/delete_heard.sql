DELETE FROM sessions WHERE session_id IN (SELECT unnest($session_ids));
DELETE FROM speakers WHERE session_id IN (SELECT unnest($session_ids));
DELETE FROM turns WHERE session_id IN (SELECT unnest($session_ids));
DELETE FROM units WHERE session_id IN (SELECT unnest($session_ids));
