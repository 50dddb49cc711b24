"""What the command line can do, one module a group of commands; `cli` loads the one that is asked for.

    by_hand     reproduce, examples, show, step, errata
    proofs      prove
    train       train        recipes: the data and what goes well with it; options: words turned into settings
    predict     predict
    check       check

A module has `describe(command, parser)`, which adds what the command takes, `prepare(arguments)`, which looks at it
before anything is done, and `run(arguments)`, which does it and returns the exit code.
"""
