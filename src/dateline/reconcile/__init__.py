"""Reconcile: what reports have to do with each other."""
