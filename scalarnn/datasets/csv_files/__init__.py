"""CSV files as people have them, a question a file.

    text          which letters are the bytes, and where does a line end?
    dialect       what stands between fields, and before the decimals?
    fields        what does one field hold: a number, a gap, a word?
    header        does the first line hold names?
    sheet         all of that: a file opened, its rows ready to be read
    columns       which columns are meant?
    row_numbers   which columns only count the rows?
    gaps          is it a gap, or a class called none?
    classes       which classes are there, and which index has each? Or is it no class but a number?
    reader        the whole: numbers, labels, names, and what was left out

`read_csv` is the whole way; `opened_sheet` and `read_sheet` are its two halves, for who wants to look in between.
"""
