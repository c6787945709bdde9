"""What the processes of jobs have loaded already when they are forked."""

import mentormatch.explain
import mentormatch.solve.answer
import mentormatch.solve.component_search
import mentormatch.solve.match
import mentormatch.solve.search

# Asked for, lest a checker of imports take them for unused.
LOADED = (mentormatch.explain, mentormatch.solve.match)
