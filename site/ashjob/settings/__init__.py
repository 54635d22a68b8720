"""Settings: base, dev, demo, test, production. Every value a deployment may change comes from the environment."""
