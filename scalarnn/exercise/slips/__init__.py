"""Slips: what people do wrong, named by the number that comes out.

    slip         what a slip is; the catalogue, which is data in catalogue/
    lines        the lines of an exercise's program, and a line replaced
    helpers      what such lines compute with
    others       slips that amount to another exercise
    trying       an exercise worked with every slip
    figures      a number as somebody wrote it: its digits, and what agrees with it
    quantities   the name of a value as somebody wrote it
    verdict      right, or which slip gives that number
"""
