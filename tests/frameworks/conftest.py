"""What is run by hand, with the packages themselves, is not collected."""

collect_ignore_glob = ["taking/*", "__main__.py"]
