# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The innermost loops of comparing words, compiled: the very numbers of `key`, `grid` and `rough`.

Nobody needs it: without a C++ compiler those modules do the work, some times slower, and tests hold
both equal."""
from cython.operator cimport dereference
from libcpp.algorithm cimport fill_n, lower_bound, sort, stable_sort
from libcpp.string cimport string
from libcpp.utility cimport pair
from libcpp.unordered_map cimport unordered_map
from libcpp.vector cimport vector
import numpy as np
cdef extern from *:
    """enum : unsigned { SIZES = 8 }; enum { WIDE = 64, RUNS = 5, UNKNOWN = 1, FAR = -10000, CELLS = 1 << 23, REMEMBERED = 1 << 16, LONGEST = 24 };
    static const long long PRIME = (1LL << 55) - 55;"""
    const int WIDE, RUNS, SIZES, UNKNOWN, FAR, CELLS, REMEMBERED, LONGEST
    const long long PRIME

cdef struct Reading:
    int rank
    string key, starts
cdef vector[Reading] SPARE

cdef class Letters:
    """How the letters of one script are read as classes of sound."""
    cdef unordered_map[long long, int] paths
    cdef vector[int] onsets
    cdef vector[vector[string]] choices
    def __init__(self, paths, onsets, choices):
        """What `key._paths` makes of the runs of letters."""
        self.paths, self.onsets, self.choices = paths, onsets, choices

    def readings(self, str framed, int most):
        """What `key._read` says: by key where its slots begin, the likeliest first."""
        cdef vector[Reading] found
        self.read(framed, most, found)
        return {one.key.decode() or "0": tuple(<bytes>one.starts) for one in found}

    cdef int read(self, str framed, size_t most, vector[Reading]& found) except -1:
        """Find the readings, the likeliest first if there are too many."""
        cdef int place = 0, node, last, run, end, size = len(framed)
        found.assign(1, Reading(0, b"", b"\0"))
        while place < size:
            node, run, end = 0, 0, place + 1
            for last in range(place, size):
                path = self.paths.find(<long long>node << 21 | ord(framed[last]))
                if path == self.paths.end():
                    break
                node = dereference(path).second
                if self.onsets[node] >= 0:
                    run, end = node, last + 1
            if self.choices[run].size():
                longer(found, place + self.onsets[run], self.choices[run])
                if found.size() > most:
                    stable_sort(found.begin(), found.end(), likelier)
                    found.resize(most)
            place = end
        return 0

cdef void longer(vector[Reading]& found, int place, vector[string]& choices) noexcept:
    """Put every choice behind every reading, each key once."""
    cdef Reading into
    cdef string more
    cdef size_t rank, number, at
    SPARE.clear()
    for rank in range(choices.size()):
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

cdef bint likelier(const Reading& one, const Reading& other) noexcept:
    return one.rank < other.rank

cdef class Words:
    """Words as one side of a table of steps sees them: the runs of letters that begin at a place."""
    cdef dict numbers, met
    cdef int unknown, longest
    cdef vector[int] ends, places, runs
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
                    self.runs.push_back(run * SIZES + size)
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

    def sum(self, str inner, str outer, int least):
        """In hundredths, for framed words shorter than `WIDE`; any number below `least` if less."""
        if self.inner is None or self.inner.ends.size() + self.outer.ends.size() > REMEMBERED:
            self.inner, self.outer = Words(*self.sides[0]), Words(*self.sides[1])
        return self.best(self.inner, self.inner.of(inner), self.outer, self.outer.of(outer), least)

    cdef int best(self, Words inner, int one, Words outer, int two, int least) noexcept:
        cdef int[WIDE + RUNS][WIDE + RUNS] grid
        cdef int* letters = &inner.places[inner.ends[one]]
        cdef int* others = &outer.places[outer.ends[two]]
        cdef int height = inner.ends[one + 1] - inner.ends[one]
        cdef int width = outer.ends[two + 1] - outer.ends[two]
        cdef int* cell
        cdef int* runs = &outer.runs[0]
        cdef int row, place, run, other, score, size
        cdef short* weights
        fill_n(&grid[0][0], (height + 1) * (WIDE + RUNS), FAR)
        grid[0][0] = 0
        for row in range(height + 1):
            for place in range(width + 1):
                score = grid[row][place]
                if score < least:
                    continue
                if row < height:
                    cell = &grid[row + 1][place]
                    cell[0] = max(cell[0], score + self.drops[inner.runs[letters[row]] // SIZES])
                if place < width:
                    cell = &grid[row][place + 1]
                    cell[0] = max(cell[0], score + self.adds[runs[others[place]] // SIZES])
                if row == height or place == width:
                    continue
                for run in range(letters[row], letters[row + 1]):
                    weights = &self.weights[inner.runs[run] // SIZES, 0]
                    cell = &grid[row + inner.runs[run] % SIZES][place]
                    for other in range(others[place], others[place + 1]):
                        size = runs[other] % SIZES
                        cell[size] = max(cell[size], score + weights[runs[other] // SIZES])
        return grid[height][width]

cdef class Keys:
    """Keys of a list by number: what each is as a number, rising, and the words by row."""
    cdef const long long[::1] codes
    cdef const int[::1] starts, words
    def __init__(self, codes, starts, words):
        """Starts: where the rows of each key begin, and where the last ones end."""
        self.codes, self.starts, self.words = codes, starts, words

    cdef int find(self, string key) noexcept:
        """The number of a key, -1 if the list has it not."""
        cdef long long code = 0
        cdef int place, size = self.codes.shape[0]
        for letter in key:
            code = (code * 256 + <unsigned char>letter) % PRIME
        place = lower_bound(&self.codes[0], &self.codes[0] + size, code) - &self.codes[0]
        return place if place < size and self.codes[place] == code else -1

cdef class Look:
    """Which words of a list words of texts in one script are roughly alike to: what `Rough` says;
    with the slots met so far, and what each costs for those of the list."""
    cdef Letters letters
    cdef Steps steps
    cdef Words inner, outer
    cdef object spell, numbers
    cdef Keys keys, names
    cdef const int[::1] begins, slots
    cdef const int[:, ::1] sounds
    cdef Py_ssize_t least
    cdef vector[short] cells
    cdef vector[Py_ssize_t] bases, cut
    cdef vector[pair[int, int]] held
    def __init__(self, Letters letters, Steps steps, spelled, keys, names, slots):
        """Spelled: the slots of the list, and what spells those of a text; keys, names: made into
        `Keys`; slots: where those of a key begin, row by row; by sound the first and how many."""
        self.letters, self.steps, self.outer = letters, steps, Words(*steps.sides[1])
        for slot in spelled[0]:
            self.outer.add(slot)
        self.keys, self.names, self.spell = Keys(*keys), Keys(*names), spelled[1]
        self.begins, self.slots, self.sounds = slots
        self.forget()

    cpdef forget(self):
        """Forget what slots cost."""
        self.numbers, self.inner = [{} for _ in range(512)], Words(*self.steps.sides[0])
        self.bases.clear()
        self.cells.clear()

    def ask(self, asked, const Py_ssize_t[::1] owners, int most, int few, int least, int one):
        """For owners of words the listed words that one of theirs is roughly alike to, by `least`.

        Asked are words and, by number of some, other forms and the names that they spell; most,
        few: so many keys of words, and of other forms, are looked up. Who bears a name is alike by
        `one`. Returned are the owners and the listed words, rising, and the sums in hundredths."""
        cdef int number, word, value
        cdef vector[int] found
        self.held.clear()
        for number in range(owners.shape[0]):
            if self.cells.size() > CELLS or self.bases.size() > REMEMBERED or least < self.least:
                self.forget()
            self.least = least
            self.look(asked[0][number], most, least)
            forms, names = asked[1].get(number) or ((), (f"={asked[0][number]}",))
            for form in forms:
                self.look(form, few, least)
            self.cut.clear()
            for name in names:
                self.scan(self.names, self.names.find(name.encode()), one, least)
            if number + 1 == owners.shape[0] or owners[number + 1] != owners[number]:
                sort(self.held.begin(), self.held.end())
                word = -1
                for here in self.held:
                    if here.first != word:  # the best of each word is its first
                        word = here.first
                        for value in (owners[number], word, -here.second):
                            found.push_back(value)
                self.held.clear()
        table = np.array(<int[: found.size()]>found.data() if found.size() else (), np.int32)
        return table[0::3], table[1::3], table[2::3]

    cdef int look(self, str word, int most, int least) except -1:
        """Compare a word, or "=" and a word as it stands, with all rows that have one of its keys."""
        cdef int place, rows, end, key, sound, other
        cdef Reading one
        cdef vector[Reading] found
        self.cut.clear()
        if word[0] == "=":
            return self.scan(self.keys, self.keys.find(word.encode()), 0, least)
        cdef str framed = f"^{word[:LONGEST]}$"
        if self.slots.shape[0]:
            self.letters.read(framed, most, found)
        for one in found:
            if one.key.empty(): one.key = b"0"
            key = self.keys.find(one.key)
            rows = self.keys.starts[key + 1] - self.keys.starts[max(key, 0)]
            if not rows or self.begins[key + 1] - self.begins[key] != rows * <int>one.key.size():
                continue
            self.cut.clear()
            for place in range(one.key.size()):
                end = one.starts[place + 1] if place + 1 < one.key.size() else len(framed)
                spelled = framed[<int>one.starts[place] : end]
                sound = one.key[place] * 4 + (not place) * 2 + (end == len(framed))
                other = self.slots[self.begins[key] + place]
                if not 0 <= other - self.sounds[sound, 0] < self.sounds[sound, 1]:
                    break  # the list has another key of the same hash
                self.cut.push_back(self.slot(spelled, sound))
            else:
                self.scan(self.keys, key, 0, least)
        return 0

    cdef int slot(self, str spelled, int sound) except -1:
        """The number of a slot, from now on if it is new."""
        number = self.numbers[sound].get(spelled)
        if number is None:
            number = self.numbers[sound][spelled] = self.inner.add(self.spell(spelled))
            self.bases.push_back(<int>self.cells.size() - self.sounds[sound, 0])
            self.cells.resize(self.cells.size() + self.sounds[sound, 1], UNKNOWN)
        return number

    cdef int scan(self, Keys keys, int key, int begun, int least) except -1:
        """Add the costs of the slots of a cut for every row of the list that has the key."""
        cdef int row, total, other, place, width = self.cut.size()
        cdef short* cost
        for row in range(keys.starts[max(key, 0)], keys.starts[key + 1]):
            total = begun
            for place in range(width):
                other = self.slots[self.begins[key] + (row - keys.starts[key]) * width + place]
                cost = &self.cells[self.bases[self.cut[place]] + other]
                if cost[0] == UNKNOWN:
                    cost[0] = self.steps.best(self.inner, self.cut[place], self.outer, other, least)
                total += cost[0]
                if total < least:
                    break
            else:
                self.held.push_back(pair[int, int](keys.words[row], -total))
        return 0
