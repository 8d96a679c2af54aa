"""Steps, the engine that takes them, and the shape every matter shares."""
