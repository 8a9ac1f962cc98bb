"""What is typed about applications: the filters of a list, answers, acts, questions."""
