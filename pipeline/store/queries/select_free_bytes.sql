SELECT block_size * (free_blocks + 2) FROM pragma_database_size()
