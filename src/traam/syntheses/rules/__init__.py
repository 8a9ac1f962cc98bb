"""Rules of findings and syntheses: counts, marks, what may be public: pure functions."""
