"""Contenders whose library may not be installed are not searched for doctests."""

collect_ignore_glob = ["with_*.py"]
