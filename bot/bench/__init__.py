"""Measurements that are quoted: each with its baselines, in one run, from one command."""
