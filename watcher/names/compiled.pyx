# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The innermost loops of comparing words, compiled: the very numbers of `key`, `grid` and `rough`.

Nobody needs it. Without a C compiler the arrays of those modules do the work, some times slower,
and tests hold both equal.
"""

from libc.stdlib cimport free, qsort, realloc
from libc.string cimport memcmp, memcpy

import numpy as np

cdef extern from *:
    """
    enum { STATES = 400, CLASSES = 96, WIDE = 64, RUNS = 5, FRAMED = 32, UNKNOWN = 1, FAR = -10000 };
    enum { CELLS = 1 << 24, REMEMBERED = 1 << 16 };
    static const long long PRIME = (1LL << 55) - 55;
    """
    const int STATES, CLASSES, WIDE, RUNS, FRAMED, UNKNOWN, FAR, CELLS, REMEMBERED
    const long long PRIME

ctypedef unsigned char byte

cdef struct Reading:
    int rank, size
    char key[CLASSES]
    byte starts[CLASSES]

cdef Reading[STATES] ONE, OTHER
cdef Reading* HERE = ONE
cdef Reading* THERE = OTHER

cdef class Letters:
    """How the letters of one script are read as classes of sound."""

    cdef dict runs, sizes

    def __init__(self, dict runs, dict sizes):
        """Runs: by letters their choices of classes and their onset; sizes: by first letter."""
        self.runs = {
            letters: (onset, None if choices == ("",) else [one.encode() for one in choices])
            for letters, (choices, onset) in runs.items()
        }
        self.sizes = sizes

    def readings(self, str framed, int most):
        """What `key._readings` says: by key where its slots begin, the likeliest first."""
        cdef int number, place
        return {
            HERE[number].key[: HERE[number].size].decode() or "0":
                tuple([HERE[number].starts[place] for place in range(max(HERE[number].size, 1))])
            for number in range(self.read(framed, most))
        }

    cdef int read(self, str framed, int most) except -1:
        """Leave the readings in HERE; how many."""
        cdef int place = 0, many = 1, size
        HERE[0].rank = HERE[0].size = HERE[0].starts[0] = 0
        while place < len(framed):
            for size in self.sizes.get(framed[place], ()):
                run = self.runs.get(framed[place : place + size])
                if run is not None:
                    if run[1] is not None:
                        many = likeliest(longer(many, place + <int>run[0], run[1]), most)
                    place += size
                    break
            else:
                place += 1
        return many

cdef int longer(int many, int place, list choices) except -1:
    """Put every choice behind every reading of HERE, each key once, into THERE; how many."""
    cdef int rank, found = 0, number, size, skip, at
    cdef const char* more
    cdef Reading* head
    cdef Reading* into
    for rank in range(len(choices)):
        more, size = <bytes>choices[rank], len(<bytes>choices[rank])
        for number in range(many):
            head, into = &HERE[number], &THERE[found]
            if found == STATES - 1 or head.size + size > CLASSES:
                continue
            skip = size > 0 and head.size > 0 and head.key[head.size - 1] == more[0]
            into.rank, into.size = head.rank + rank, head.size
            memcpy(into.key, head.key, head.size)
            memcpy(into.starts, head.starts, max(head.size, 1))
            for at in range(skip, size):
                # The first slot begins with the word.
                into.starts[into.size] = place + at if into.size else 0
                into.key[into.size] = more[at]
                into.size += 1
            for at in range(found):
                if THERE[at].size == into.size and not memcmp(THERE[at].key, into.key, into.size):
                    break
            else:
                found += 1
    return found

cdef int likeliest(int many, int most) noexcept:
    """Leave the readings of THERE in HERE, only the likeliest of too many; how many."""
    global HERE, THERE
    cdef int rank = 0, kept = 0, number
    if many <= most:
        HERE, THERE = THERE, HERE
        return many
    while kept < most:
        for number in range(many):
            if THERE[number].rank == rank and kept < most:
                HERE[kept] = THERE[number]
                kept += 1
        rank += 1
    return kept

cdef class Ints:
    """Numbers that more are put behind."""

    cdef int* at
    cdef Py_ssize_t size, room

    def __dealloc__(self):
        free(self.at)

    cdef int push(self, int number) except -1:
        if self.size == self.room:
            self.room = 2 * self.room + 64
            self.at = <int*>realloc(self.at, self.room * sizeof(int))
            if self.at == NULL:
                raise MemoryError
        self.at[self.size] = number
        self.size += 1
        return 0

    cdef copied(self):
        return np.asarray(<int[: self.size]>self.at).copy() if self.size else np.zeros(0, np.int32)


cdef class Words:
    """Words as one side of a table of steps sees them: the runs of letters that begin at a place."""

    cdef dict numbers, met
    cdef int unknown, longest
    cdef Ints ends, places, runs, sizes

    def __init__(self, dict numbers, int unknown, int longest):
        """Numbers: of the runs of letters that have a step; unknown: of any other letter."""
        self.numbers, self.unknown, self.longest = numbers, unknown, longest
        self.forget()

    cdef forget(self):
        self.met, self.ends, self.places, self.runs, self.sizes = {}, Ints(), Ints(), Ints(), Ints()
        self.ends.push(0)
        self.places.push(0)

    cdef int of(self, str word) except -1:
        """The number of a word; it is read now if it is new."""
        known = self.met.get(word)
        if known is None:
            known = self.met[word] = self.add(word)
        return known

    cdef int add(self, str word) except -1:
        """Read one more word, framed as it stands; its number."""
        cdef int place, size
        for place in range(len(word)):
            for size in range(1, min(self.longest, len(word) - place) + 1):
                run = self.numbers.get(word[place : place + size], self.unknown if size == 1 else 0)
                if run:
                    self.runs.push(run)
                    self.sizes.push(size)
            self.places.push(self.runs.size)
        self.ends.push(self.places.size - 1)
        return self.ends.size - 2


cdef class Steps:
    """A table of steps, and the sums of the best of them between two words."""

    cdef short[:, ::1] weights
    cdef short[::1] drops, adds
    cdef tuple sides
    cdef Words inner, outer

    def __init__(self, weights, drops, adds, tuple inner, tuple outer):
        """Weights: by run of inner and of outer letters; drops and adds: by single letter; inner
        and outer: what `Words` is made of.
        """
        self.weights, self.drops, self.adds, self.sides = weights, drops, adds, (inner, outer)
        self.inner, self.outer = Words(*inner), Words(*outer)

    def sum(self, str inner, str outer, int least):
        """The sum for two framed words, in hundredths; any number below `least` where it is less.

        Both are shorter than `WIDE`. Words are remembered.
        """
        if self.inner.ends.size + self.outer.ends.size > REMEMBERED:
            self.inner.forget()
            self.outer.forget()
        return self.best(self.inner, self.inner.of(inner), self.outer, self.outer.of(outer), least)

    cdef int best(self, Words inner, int one, Words outer, int two, int least) noexcept:
        """The sum of the best steps between two words."""
        cdef int[WIDE + RUNS][WIDE + RUNS] grid
        cdef int* letters = inner.places.at + inner.ends.at[one]
        cdef int* others = outer.places.at + outer.ends.at[two]
        cdef int height = inner.ends.at[one + 1] - inner.ends.at[one]
        cdef int width = outer.ends.at[two + 1] - outer.ends.at[two]
        cdef int row, place, run, other, score
        cdef int* cell
        cdef short* weights
        for row in range(height + 1):
            for place in range(width + 1):
                grid[row][place] = FAR
        grid[0][0] = 0
        for row in range(height + 1):
            for place in range(width + 1):
                score = grid[row][place]
                if score < least:
                    continue
                if row < height:
                    cell = &grid[row + 1][place]
                    cell[0] = max(cell[0], score + self.drops[inner.runs.at[letters[row]]])
                if place < width:
                    cell = &grid[row][place + 1]
                    cell[0] = max(cell[0], score + self.adds[outer.runs.at[others[place]]])
                if row == height or place == width:
                    continue
                for run in range(letters[row], letters[row + 1]):
                    weights = &self.weights[inner.runs.at[run], 0]
                    for other in range(others[place], others[place + 1]):
                        cell = &grid[row + inner.sizes.at[run]][place + outer.sizes.at[other]]
                        cell[0] = max(cell[0], score + weights[outer.runs.at[other]])
        return grid[height][width]


cdef struct Slot:
    int word, number

cdef Slot[FRAMED * FRAMED * 32] SEEN
cdef int WORD = 0

cdef int rising(const void* one, const void* two) noexcept nogil:
    return (<int*>one)[0] - (<int*>two)[0]

cdef class Look:
    """Which words of a list words of texts in one script are roughly alike to: what `Rough` says.

    Slots met so far are kept, and what each costs for those of the list.
    """

    cdef Letters letters
    cdef Steps steps
    cdef Words inner, outer
    cdef object spell
    cdef dict sounds
    cdef const long long[::1] hashes
    cdef const int[::1] bounds, forms
    cdef const int[:, ::1] slots
    cdef list numbers, bases
    cdef int[::1] best, whose
    cdef short[::1] cells
    cdef Py_ssize_t used
    cdef int stamp
    cdef Ints cuts, places, costs, touched, owners, words, sums

    def __init__(self, Letters letters, Steps steps, spelled, keys, slots, int words):
        """Spelled: the slots of the list, and what spells those of a text; keys: their hashes,
        rising, where the rows of each begin, and the words by row; slots: by row and place, and by
        sound the first and how many there are; words: how many.
        """
        self.letters, self.steps, self.outer, self.spell = letters, steps, Words(*steps.sides[1]), spelled[1]
        for slot in spelled[0]:
            self.outer.add(slot)
        self.hashes, self.bounds, self.forms = keys
        self.slots, self.sounds = slots
        self.best, self.whose = np.zeros(words, np.int32), np.zeros(words, np.int32)
        self.cuts, self.places, self.costs, self.touched = Ints(), Ints(), Ints(), Ints()
        self.owners, self.words, self.sums = Ints(), Ints(), Ints()
        self.forget()

    cpdef forget(self):
        """Forget what slots cost."""
        self.numbers, self.bases, self.used = [{} for _ in range(128)], [], 0
        self.inner = Words(*self.steps.sides[0])
        self.cells = np.full(1 << 16, UNKNOWN, np.int16)

    def ask(self, list asked, dict known, int least, int one):
        """For some owners of words the listed words that one of theirs is roughly alike to.

        Args:
            asked: of each owner the words framed, each with how many keys are looked up (or a key
                and 0), and the names that they spell.
            known: by name, the listed words that spell it; they are alike by `one`.
            least: the sum below which nobody asks; sums are in hundredths.

        Returns:
            The owners, rising; the listed words, rising; the sums.
        """
        cdef int owner, most, form
        cdef Py_ssize_t row, at = 0
        cdef str framed
        self.cuts.size = self.places.size = self.owners.size = self.words.size = self.sums.size = 0
        if self.used > CELLS:
            self.forget()
        for owner in range(len(asked)):
            for framed, most in asked[owner][0]:
                self.cut(owner, framed, most)
        self.learn()
        for owner in range(len(asked)):
            self.stamp += 1
            self.touched.size = 0
            while at < self.cuts.size and self.cuts.at[at] == owner:
                self.scan(self.cuts.at + at, least)
                at += 5
            for name in asked[owner][1]:
                for form in known.get(name, ()):
                    self.hold(form, one)
            if self.touched.size:
                qsort(self.touched.at, self.touched.size, sizeof(int), rising)
            for row in range(self.touched.size):
                self.owners.push(owner)
                self.words.push(self.touched.at[row])
                self.sums.push(self.best[self.touched.at[row]])
        return self.owners.copied(), self.words.copied(), self.sums.copied()

    cdef int cut(self, int owner, str framed, int most) except -1:
        """Lay down the keys of a word that the list has, and the slots that they cut."""
        global WORD
        cdef int number, place, end
        cdef Reading* one
        WORD += 1
        if not most:
            bare = framed.encode()
            return self.lay(owner, bare, len(bare), 0)
        for number in range(self.letters.read(framed, most)):
            one = &HERE[number]
            if one.size == 0:
                one.key[0], one.size = b"0", 1
            if self.lay(owner, one.key, one.size, one.size):
                for place in range(one.size):
                    end = one.starts[place + 1] if place + 1 < one.size else len(framed)
                    self.places.push(self.slot(framed, one.starts[place], end, one.key[place]))
        return 0

    cdef int lay(self, int owner, const char* key, Py_ssize_t size, int slots) except -1:
        """Lay down a key, if the list has it: its owner, rows, slots and where they are; whether."""
        cdef long long code = 0
        cdef Py_ssize_t low = 0, high = self.hashes.shape[0], middle
        for middle in range(size):
            code = (code * 256 + <byte>key[middle]) % PRIME
        while low < high:
            middle = (low + high) // 2
            if self.hashes[middle] < code:
                low = middle + 1
            else:
                high = middle
        if low == self.hashes.shape[0] or self.hashes[low] != code:
            return 0
        for number in (owner, self.bounds[low], self.bounds[low + 1], slots, self.places.size):
            self.cuts.push(number)
        return 1

    cdef int slot(self, str framed, int begin, int end, int sound) except -1:
        """The number of a slot, from now on if it is new."""
        cdef Slot* seen = &SEEN[(begin * FRAMED + end) * 32 + sound % 31]
        if seen.word == WORD:
            return seen.number
        cdef dict numbers = self.numbers[sound]
        cdef str spelled = framed[begin:end]
        number = numbers.get(spelled)
        if number is None:
            number = numbers[spelled] = self.inner.add(self.spell(spelled))
            first, many = self.sounds[chr(sound), begin == 0, end == len(framed)]
            self.bases.append(self.used - first)
            self.used += many
        seen.word, seen.number = WORD, number
        return number

    cdef int learn(self) except -1:
        """Make room for the costs of new slots, and find out where those of all begin."""
        cdef Py_ssize_t place
        if self.used > self.cells.shape[0]:
            more = np.full(2 * self.used, UNKNOWN, np.int16)
            more[: self.cells.shape[0]] = self.cells
            self.cells = more
        self.costs.size = 0
        for place in range(self.places.size):
            self.costs.push(self.bases[self.places.at[place]])
        return 0

    cdef int scan(self, int* cut, int least) except -1:
        """Add the costs of the slots of a key for every row that has it, those known first."""
        cdef int row, place, total, other, many = cut[3]
        cdef unsigned long long unknown
        cdef int* bases = self.costs.at + cut[4]
        cdef short* cost
        for row in range(cut[1], cut[2]):
            total = unknown = 0
            for place in range(many):
                cost = &self.cells[bases[place] + self.slots[row, place]]
                if cost[0] == UNKNOWN:
                    unknown |= <unsigned long long>1 << place
                else:
                    total += cost[0]
                    if total < least:
                        break
            place = 0
            while unknown >> place and total >= least:
                if unknown >> place & 1:
                    other = self.slots[row, place]
                    cost = &self.cells[bases[place] + other]
                    if cost[0] == UNKNOWN:
                        cost[0] = self.steps.best(
                            self.inner, self.places.at[cut[4] + place], self.outer, other, least
                        )
                    total += cost[0]
                place += 1
            if total >= least:
                self.hold(self.forms[row], total)
        return 0

    cdef int hold(self, int word, int total) except -1:
        """Keep the best sum of a listed word."""
        if self.whose[word] != self.stamp:
            self.whose[word], self.best[word] = self.stamp, total
            self.touched.push(word)
        elif self.best[word] < total:
            self.best[word] = total
        return 0
