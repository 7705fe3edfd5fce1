SELECT session_id, turn_index, speaker, start_ms, end_ms, text,
    list_transform(words, lambda word: word.start_ms), list_transform(words, lambda word: word.end_ms),
    list_transform(words, lambda word: word.text), list_transform(words, lambda word: word.probability),
    list_transform(words, lambda word: word.speaker)
FROM turns
WHERE session_id IN (SELECT unnest($session_ids))
ORDER BY session_id, turn_index
