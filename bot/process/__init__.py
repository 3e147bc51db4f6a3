"""The operating system's side: starting, stopping, signals, several processes, logs."""
