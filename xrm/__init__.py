"""The shell: settings, command line, server, worker, doctor; wires the rooms and decides nothing."""
