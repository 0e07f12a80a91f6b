"""The engines as run kinds: one file each, that adapts a snapshot to the engine and its result to scores."""
