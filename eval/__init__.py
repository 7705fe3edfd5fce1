"""Is it right: reference recordings, error rates, agreement and benchmarks."""
