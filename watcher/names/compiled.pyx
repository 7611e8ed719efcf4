# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The innermost loops of comparing words, compiled: the very numbers of `key`, `grid` and `rough`.

Nobody needs it: without a C++ compiler those modules do the work, some times slower, and tests hold
both equal."""
from libcpp.algorithm cimport lower_bound, sort, stable_sort
from libcpp.string cimport string
from libcpp.vector cimport vector
import numpy as np
cdef extern from *:
    """enum { WIDE = 64, RUNS = 5, UNKNOWN = 1, FAR = -10000, CELLS = 1 << 23, REMEMBERED = 1 << 16 };
    static const long long PRIME = (1LL << 55) - 55;"""
    const int WIDE, RUNS, UNKNOWN, FAR, CELLS, REMEMBERED
    const long long PRIME

cdef struct Reading:
    int rank
    string key, starts
cdef vector[Reading] SPARE

cdef class Letters:
    """How the letters of one script are read as classes of sound."""
    cdef dict runs, sizes
    def __init__(self, dict runs, dict sizes):
        """Runs: by letters their choices of classes and their onset; sizes: by first letter."""
        self.sizes, self.runs = sizes, {
            letters: (onset, None if choices == ("",) else [one.encode() for one in choices])
            for letters, (choices, onset) in runs.items()
        }

    def readings(self, str framed, int most):
        """What `key._read` says: by key where its slots begin, the likeliest first."""
        cdef vector[Reading] found
        self.read(framed, most, found)
        return {one.key.decode() or "0": tuple(<bytes>one.starts) for one in found}

    cdef int read(self, str framed, size_t most, vector[Reading]& found) except -1:
        """Find the readings, the likeliest first if there are too many."""
        cdef int place = 0, size
        found.assign(1, Reading(0, b"", b"\0"))
        while place < len(framed):
            for size in self.sizes.get(framed[place], ()):
                run = self.runs.get(framed[place : place + size])
                if run is not None:
                    if run[1] is not None:
                        longer(found, place + <int>run[0], run[1])
                        if found.size() > most:
                            stable_sort(found.begin(), found.end(), likelier)
                            found.resize(most)
                    place += size
                    break
            else:
                place += 1
        return 0

cdef int longer(vector[Reading]& found, int place, list choices) except -1:
    """Put every choice behind every reading, each key once."""
    cdef Reading into
    cdef string more
    cdef size_t rank, number, at
    SPARE.clear()
    for rank in range(len(choices)):
        more = choices[rank]
        for number in range(found.size()):
            into = found[number]
            into.rank += rank
            for at in range(more.size()):
                if at == 0 and into.key.size() and into.key.back() == more[0]:
                    continue  # a class is never repeated
                if into.key.size():
                    into.starts.push_back(<char>(place + at))
                into.key.push_back(more[at])
            for at in range(SPARE.size()):
                if SPARE[at].key == into.key:
                    break
            else:
                SPARE.push_back(into)
    found.swap(SPARE)
    return 0

cdef bint likelier(const Reading& one, const Reading& other) noexcept:
    return one.rank < other.rank

cdef class Words:
    """Words as one side of a table of steps sees them: the runs of letters that begin at a place."""
    cdef dict numbers, met
    cdef int unknown, longest
    cdef vector[int] ends, places, runs, sizes
    def __init__(self, dict numbers, int unknown, int longest):
        """Numbers: of the runs of letters that have a step; unknown: of any other letter."""
        self.numbers, self.unknown, self.longest, self.met = numbers, unknown, longest, {}
        self.ends = self.places = (0,)

    cdef int of(self, str word) except -1:
        """The number of a word; it is read now if it is new."""
        if word not in self.met:
            self.met[word] = self.add(word)
        return self.met[word]

    cdef int add(self, str word) except -1:
        """Read one more word, framed as it stands; its number."""
        cdef int place, size, end = min(len(word), WIDE - 1)
        for place in range(end):
            for size in range(1, min(self.longest, end - place) + 1):
                run = self.numbers.get(word[place : place + size], self.unknown if size == 1 else 0)
                if run:
                    self.runs.push_back(run)
                    self.sizes.push_back(size)
            self.places.push_back(self.runs.size())
        self.ends.push_back(self.places.size() - 1)
        return self.ends.size() - 2

cdef class Steps:
    """A table of steps, and the sums of the best of them between two words."""
    cdef short[:, ::1] weights
    cdef short[::1] drops, adds
    cdef tuple sides
    cdef Words inner, outer
    def __init__(self, weights, drops, adds, tuple inner, tuple outer):
        """Weights by run of either side, drops and adds by letter; inner, outer: made into `Words`."""
        self.weights, self.drops, self.adds, self.sides = weights, drops, adds, (inner, outer)
        self.forget()

    cdef forget(self):
        self.inner, self.outer = Words(*self.sides[0]), Words(*self.sides[1])

    def sum(self, str inner, str outer, int least):
        """In hundredths, for framed words shorter than `WIDE`; any number below `least` if less."""
        if self.inner.ends.size() + self.outer.ends.size() > REMEMBERED:
            self.forget()
        return self.best(self.inner, self.inner.of(inner), self.outer, self.outer.of(outer), least)

    cdef int best(self, Words inner, int one, Words outer, int two, int least) noexcept:
        cdef int[WIDE + RUNS][WIDE + RUNS] grid
        cdef int* cell
        cdef int* letters = &inner.places[inner.ends[one]]
        cdef int* others = &outer.places[outer.ends[two]]
        cdef int height = inner.ends[one + 1] - inner.ends[one]
        cdef int width = outer.ends[two + 1] - outer.ends[two]
        cdef int row, place, run, other, score, cost
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
                    cell[0] = max(cell[0], score + self.drops[inner.runs[letters[row]]])
                if place < width:
                    cell = &grid[row][place + 1]
                    cell[0] = max(cell[0], score + self.adds[outer.runs[others[place]]])
                if row == height or place == width:
                    continue
                for run in range(letters[row], letters[row + 1]):
                    for other in range(others[place], others[place + 1]):
                        cell = &grid[row + inner.sizes[run]][place + outer.sizes[other]]
                        cost = score + self.weights[inner.runs[run], outer.runs[other]]
                        cell[0] = max(cell[0], cost)
        return grid[height][width]

cdef class Look:
    """Which words of a list words of texts in one script are roughly alike to: what `Rough` says;
    with the slots met so far, and what each costs for those of the list."""
    cdef Letters letters
    cdef Steps steps
    cdef Words inner, outer
    cdef object spell, numbers
    cdef const long long[::1] hashes
    cdef const int[::1] bounds, rows, begins, slots
    cdef const int[:, ::1] sounds
    cdef int[::1] best
    cdef Py_ssize_t[::1] whose
    cdef short[::1] cells
    cdef Py_ssize_t used, stamp, least
    cdef vector[Py_ssize_t] bases, cut, touched
    def __init__(self, Letters letters, Steps steps, spelled, keys, slots, int words):
        """Spelled: the slots of the list, and what spells those of a text; keys: their hashes,
        rising, where the rows of each begin, and the words by row; slots: where those of each key
        begin, row by row, and by sound the first and how many there are; words: how many."""
        self.letters, self.steps, self.outer = letters, steps, Words(*steps.sides[1])
        for slot in spelled[0]:
            self.outer.add(slot)
        self.hashes, self.bounds, self.rows = keys
        (self.begins, self.slots, self.sounds), self.spell = slots, spelled[1]
        self.best, self.whose = np.zeros(words, np.int32), np.zeros(words, np.intp)
        self.forget()

    cpdef forget(self):
        """Forget what slots cost."""
        self.numbers, self.used = [{} for _ in range(512)], 0
        self.bases.clear()
        self.inner, self.cells = Words(*self.steps.sides[0]), np.full(1 << 16, UNKNOWN, np.int16)

    def ask(self, list asked, dict known, int least, int one):
        """For owners of words the listed words that one of theirs is roughly alike to, by `least`.

        Asked are of each the words framed, with how many keys are looked up (or a key and 0), and
        the names that they spell; `known` has by name the listed words, alike by `one`. Returned
        are the owners and the listed words, rising, and the sums in hundredths."""
        cdef int owner, most, word, number
        cdef str framed
        cdef vector[int] found
        for owner in range(len(asked)):
            if self.used > CELLS or self.bases.size() > REMEMBERED or least < self.least:
                self.forget()
            self.stamp, self.least = self.stamp + 1, least
            self.touched.clear()
            for framed, most in asked[owner][0]:
                self.look(framed, most, least)
            for name in asked[owner][1]:
                for word in known.get(name, ()):
                    self.hold(word, one)
            sort(self.touched.begin(), self.touched.end())
            for word in self.touched:
                for number in (owner, word, self.best[word]):
                    found.push_back(number)
        table = np.array(<int[: found.size()]>found.data() if found.size() else (), np.int32)
        return table[0::3], table[1::3], table[2::3]

    cdef int look(self, str framed, int most, int least) except -1:
        """Compare a word with all rows of the list that have one of its keys."""
        cdef int place, rows, end, key, sound, other, size = len(framed)
        cdef Reading one
        cdef vector[Reading] found
        self.cut.clear()
        if not most:
            return self.scan(self.key(framed.encode()), least)
        self.letters.read(framed, most, found)
        for one in found:
            if one.key.empty(): one.key = b"0"
            key = self.key(one.key)
            rows = self.bounds[key + 1] - self.bounds[key] if key >= 0 else 0
            if not rows or self.begins[key + 1] - self.begins[key] != rows * <int>one.key.size():
                continue
            self.cut.clear()
            for place in range(one.key.size()):
                end = one.starts[place + 1] if place + 1 < one.key.size() else size
                spelled = framed[<int>one.starts[place] : end]
                sound = one.key[place] * 4 + (not place) * 2 + (end == size)
                other = self.slots[self.begins[key] + place]
                if not 0 <= other - self.sounds[sound, 0] < self.sounds[sound, 1]:
                    break  # the list has another key of the same hash
                self.cut.push_back(self.slot(spelled, sound))
            else:
                self.scan(key, least)
        return 0

    cdef int key(self, string key) except -2:
        """The number of a key, -1 if the list has it not."""
        cdef long long code = 0
        cdef int place, size = self.hashes.shape[0]
        for letter in key:
            code = (code * 256 + <unsigned char>letter) % PRIME
        place = lower_bound(&self.hashes[0], &self.hashes[0] + size, code) - &self.hashes[0]
        return place if place < size and self.hashes[place] == code else -1

    cdef int slot(self, str spelled, int sound) except -1:
        """The number of a slot, from now on if it is new."""
        number = self.numbers[sound].get(spelled)
        if number is None:
            used = self.used + self.sounds[sound, 1]
            if used > self.cells.shape[0]:
                room = np.full(used + used // 4, UNKNOWN, np.int16)
                room[: self.cells.shape[0]], self.cells = self.cells, room
            number = self.inner.add(self.spell(spelled))
            self.bases.push_back(self.used - self.sounds[sound, 0])
            self.used, self.numbers[sound][spelled] = used, number
        return number

    cdef int scan(self, int key, int least) except -1:
        """Add the costs of the slots of a cut for every row of the list that has the key."""
        cdef int row, total, other, place, width = self.cut.size()
        cdef short* cost
        for row in range(self.bounds[max(key, 0)], self.bounds[key + 1] if key >= 0 else 0):
            total = 0
            for place in range(width):
                other = self.slots[self.begins[key] + (row - self.bounds[key]) * width + place]
                cost = &self.cells[self.bases[self.cut[place]] + other]
                if cost[0] == UNKNOWN:
                    cost[0] = self.steps.best(self.inner, self.cut[place], self.outer, other, least)
                total += cost[0]
                if total < least:
                    break
            else:
                self.hold(self.rows[row], total)
        return 0

    cdef int hold(self, int word, int total) except -1:
        """Keep the best sum of a listed word."""
        if self.whose[word] != self.stamp:
            self.whose[word], self.best[word] = self.stamp, total
            self.touched.push_back(word)
        elif self.best[word] < total:
            self.best[word] = total
        return 0
