"""Is the coding right: per-code F1, agreement, calibration, speed, beside simple baselines."""
