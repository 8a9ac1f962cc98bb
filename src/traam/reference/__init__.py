"""Academies, disciplines, levels, competences: versioned, dated vocabularies and their loaders."""
