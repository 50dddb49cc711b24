"""Learning: from gradients to better parameters; a file a page of the book.

gradient_descent  momentum  adagrad  adam    the rules of a step, and the objects that keep their state
decay                                        a learning rate that goes down
penalties                                    what large weights cost
initialization                               where weights begin
search                                       two ways without a gradient
optimizer  carrying                          what the objects share; a rule for one number, carried over lists
"""
