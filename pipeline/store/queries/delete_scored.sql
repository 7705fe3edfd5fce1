DELETE FROM scores WHERE session_id IN (SELECT unnest($session_ids));
DELETE FROM criteria WHERE session_id IN (SELECT unnest($session_ids));
DELETE FROM metrics WHERE session_id IN (SELECT unnest($session_ids));
DELETE FROM findings WHERE session_id IN (SELECT unnest($session_ids));
DELETE FROM steps WHERE session_id IN (SELECT unnest($session_ids));
