"""What the command line can do, one module a group of commands; `cli` loads the one that is asked for.

    by_hand     reproduce, examples, show, step, errata
    proofs      prove
    train       train        recipes: the data and what goes well with it; options: words turned into settings
    predict     predict      samples: the columns of the training, found again in a table
    check       check
                             tables: how a table is read, for all three

A module has `describe(command, parser)`, which adds what the command takes, `prepare(arguments)`, which looks at it
before anything is done, and `run(arguments)`, which does it and returns the exit code.
"""
