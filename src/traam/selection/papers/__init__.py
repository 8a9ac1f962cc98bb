"""The papers of the choice: the letter of a decision, the minutes of a deliberation."""
