"""Markdown extensions of the book.

    math      formulas, typeset while building, each with a spoken name
    speech    the spoken name of a typeset formula
    steps     /// step: one numbered step of a derivation, and the line of code that carries it
    derived   /// derived: a numbered step out of a proved derivation
    letters   formulas of a source in the letters of the book
    worked    /// given and /// work: a worked example on its page
    printed   /// printed and /// errata: what the sources print, and what of it is wrong
    elements  tables and text as elements, for these
    source    /// source and /// module: the package's own code, steps marked on its lines
    figures   numbers, tables and figures for the blocks that compute them
    collected  all exercises of the book
    docstrings  docstrings as the API pages show them
    api       the front page of the API
    links     links to other pages out of blocks
    leftovers no block and no formula is left as it was typed
    blocks    Python that runs while building, or what it wrote in an earlier build
    values    a computed number inside a sentence
    ledger    the printed figures of the sources beside the computed ones
    by_hand   a worked example written out, each row with the number of its step
    recorded  the same for any call of the package
    runs      the same training from many starts, with the spread
    landscape  losses of two parameters, seen from above
    proofs    theorems, proved while building
    kept      what an earlier build of the same sources has found
    debugger  a debugger session, run while building
    prompt    a session at the Python prompt, run while building
    starting  what a reader needs before a command works
    terminal  commands of the package, run while building
    exercises  the keys of exercise files
    worksheets  a sheet of paper as a picture
    formulas  the formulas of the package, from its docstrings
    player    the player, and the files that it needs
    live      Python itself in a page, packed by a command and taken in when asked for
    unrolled  programs of straight lines, each line linked to its source

Every one of them stops the build when it cannot do what the page asks. Beside them stands a command: `link_check` reads
a built book and says which of its links lead nowhere.
"""
