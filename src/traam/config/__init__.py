"""Settings, addresses, command line: nothing imports it."""
