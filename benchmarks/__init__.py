"""What the program costs, beside what the parts cost, measured in one run."""
