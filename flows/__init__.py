"""Where it is put together: settings, wiring, batches and the command line."""
