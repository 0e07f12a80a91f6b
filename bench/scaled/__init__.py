"""The arrays of a million records, the engines that run on them, and the process that runs one."""
