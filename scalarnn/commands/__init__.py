"""What the command line can do, one module a group of commands; `cli` loads the one that is asked for.

    by_hand     reproduce, examples, show, step, errata
    sheet       sheet        one step as a spreadsheet
    proofs      prove
    train       train        recipes: the data and what goes well with it; options: words turned into settings;
                             learning: from settings to figures; keeping: where the results go; words, report: what
                             came out
    predict     predict      samples: the columns of the training, found again in a table
    check       check        figures, answers: what a file says of its network; again: its data once more; machine:
                             whose exp and tanh they were

Around them: files that are read, tables and how one is read, outputs that are written, interrupts by Ctrl-C, usage that
is wrong.

A module has `describe(command, parser)`, which adds what the command takes, `prepare(arguments)`, which looks at it
before anything is done, and `run(arguments)`, which does it and returns the exit code.
"""
