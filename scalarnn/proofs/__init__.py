"""Proofs: SymPy runs the shipped functions on symbols.

    exact        when two expressions are the same function
    fraction     one polynomial over another
    branches     every way through `if z > 0`
    watch        which functions ran, and what a line computed
    theorem      statement, procedure, deliberate errors
    symbols      the letters
    catalogue    every theorem, every derivation
    processors   theorems examined side by side
    report       the table that `python3 -m scalarnn prove` prints

This subpackage needs SymPy (the extra `proofs`); nothing else in the package does.
"""
