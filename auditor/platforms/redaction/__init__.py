"""What lawful intercept protects is dropped from every document here, before anything reads it; what every platform adds stands with it."""
