DELETE FROM runs WHERE session_id IN (SELECT unnest($session_ids));
DELETE FROM annotations WHERE session_id IN (SELECT unnest($session_ids));
DELETE FROM outcomes WHERE session_id IN (SELECT unnest($session_ids));
