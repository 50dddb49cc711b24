"""The makers import packages that only whoever runs them has."""

collect_ignore_glob = ["making/*"]
