"""No tables and no word of the domain: labelled enums, state machines, components, jobs."""
