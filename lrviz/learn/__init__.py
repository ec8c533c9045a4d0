"""What is taught: lessons, rooms, and where a learner is."""
