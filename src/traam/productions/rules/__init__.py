"""Rules of productions: completeness, versions, lineage: pure functions on plain values."""
