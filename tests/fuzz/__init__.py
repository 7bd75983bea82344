"""Coverage-guided fuzzing of the readers, and the inputs that it found."""
