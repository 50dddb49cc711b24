#!/bin/sh
# A word with a digit in it may be missing from an index of lunr, and asking for its neighbour fails.
#
# Expected: index.search("x1y") finds the document that consists of the word x1y, and "x1" finds nothing.
# Happens:  "x1y" finds nothing; "x1", or any beginning as in "x*", throws: Cannot read properties of undefined ('_index').
#           Whether an index has such words hangs on all its words: one more or less, and another question fails.
# Why:      ends of words are told apart by a text of letters and the numbers of nodes, without a sign between them. Two ways
#           on, by 1 to node 3 and by 2 to node 3, read "01323", and so does one way, by 1 to node 323; they are taken for one.
# Meant by: q, 317 times, so that the next nodes are 322 and 323; with a few thousand words and numbers in them it happens by
#           chance. MkDocs Material searches with lunr.
# Version:  lunr 2.3.9
# Source:   lunr/lib/token_set.js, TokenSet.prototype.toString; TokenSet.Builder.prototype.minimize
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" lunr@2.3.9 > /dev/null
node - <<'JAVASCRIPT'
const assert = require("node:assert");
const lunr = require("lunr");
const words = ["p1", "p2", "q".repeat(317), "x1y"];
const index = lunr(function () {
  this.pipeline.reset();
  this.searchPipeline.reset();
  this.ref("id");
  this.field("text");
  words.forEach((text, id) => this.add({ id, text }));
});
const seen = {};
for (const asked of ["p1", "p2", "x1y", "x1", "x*"]) {
  try {
    seen[asked] = index.search(asked).map(({ ref }) => words[ref]).join();
  } catch (error) {
    seen[asked] = error.message;
  }
  console.log(asked.padEnd(4), seen[asked] || "nothing");
}
const fails = "Cannot read properties of undefined (reading '_index')";
assert.deepStrictEqual(Object.values(seen), ["p1", "p2", "", fails, fails]);
JAVASCRIPT
