"""Scripts the runner calls inside the environment."""
