"""Makes a draft of what was read: which title, day, kind and speaker, and why."""
