# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The innermost loops of comparing words, compiled: the very numbers of `key`, `grid` and `rough`.
Nobody needs it: without a C++ compiler those do the work, slower, and tests hold both equal."""
from cython.operator cimport dereference
from libcpp.algorithm cimport lower_bound, sort, stable_sort
from libcpp.string cimport string
from libcpp.utility cimport pair
from libcpp.unordered_map cimport unordered_map
from libcpp.vector cimport vector
import numpy as np
cdef extern from *:
    """enum { CELLS = 1 << 22, REMEMBERED = 1 << 16, LONGEST = 24 };
    static const long long PRIME = (1LL << 55) - 55;"""
    const int CELLS, REMEMBERED, LONGEST
    const long long PRIME
cdef extern from "sums.hpp":
    const int SIZES, WIDE
    cdef cppclass Read:
        vector[int] ends, several, shared, letters, runs, places
    cdef cppclass Tree:
        vector[int] begins
        void grow(const Read& words, int first)
    cdef cppclass Table:
        const short *weights
        const short *drops
        const short *adds
        int wide
        void know(int rows, int single)
    void sums(Table& table, const Read& inner, int one, const Tree& outer, int first, int many, int least, short* found) noexcept

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
    """Words as one side of a table of steps sees them: their letters, and the runs of several."""
    cdef dict numbers, sizes, met
    cdef str last
    cdef int unknown
    cdef Read read
    cdef Tree tree
    def __init__(self, dict numbers, int unknown):
        """Numbers: of the runs of letters that have a step; unknown: of any other letter."""
        self.numbers, self.unknown, self.met, self.last, self.sizes = numbers, unknown, {}, "", {}
        for run in numbers:
            if len(run) > 1:
                self.sizes.setdefault(run[len(run) - 1], set()).add(len(run))

    cdef int of(self, str word) except -1:
        """The number of a word; it is read now if it is new."""
        number = self.met.get(word)
        return self.met.setdefault(word, self.add(word, False)) if number is None else number

    cdef int add(self, str word, bint follows) except -1:
        """Read one more word, framed as it stands; its number. Of one that follows the last, in one
        row with it, only what is behind the letters that both begin with."""
        cdef int place, size, shared = 0, end = min(len(word), WIDE - 1)
        while follows and shared < min(end, len(self.last)) and word[shared] == self.last[shared]:
            shared += 1
        for place in range(shared, end):
            for size in self.sizes.get(word[place], ()):
                run = self.numbers.get(word[place + 1 - size : place + 1]) if size <= place + 1 else None
                if run:
                    self.read.runs.push_back(run * SIZES + size)
                    self.read.places.push_back(self.read.letters.size())
            self.read.letters.push_back(self.numbers.get(word[place], self.unknown))
        self.last = word[:end]
        self.read.shared.push_back(shared)
        self.read.several.push_back(self.read.runs.size())
        self.read.ends.push_back(self.read.letters.size())
        return self.read.ends.size() - 2

cdef class Steps:
    """A table of steps, and the sums of the best of them between two words."""
    cdef short[:, ::1] weights
    cdef short[::1] drops, adds
    cdef tuple sides
    cdef Words inner, outer
    cdef Table table
    def __init__(self, weights, drops, adds, tuple inner, tuple outer):
        """Weights by run of either side, drops and adds by letter; inner, outer: made into `Words`."""
        self.weights, self.drops, self.adds, self.sides = weights, drops, adds, (inner, outer)
        self.table.weights, self.table.wide = &self.weights[0, 0], self.weights.shape[1]
        self.table.drops, self.table.adds = &self.drops[0], &self.adds[0]
        self.table.know(self.weights.shape[0], outer[1])

    def sum(self, str inner, str outer, int least):
        """In hundredths, for framed words shorter than `WIDE`; any number below `least` if less."""
        cdef short found
        cdef int two
        if self.inner is None or self.inner.read.ends.size() + self.outer.read.ends.size() > REMEMBERED:
            self.inner, self.outer = Words(*self.sides[0]), Words(*self.sides[1])
        two = self.outer.of(outer)
        if two == <int>self.outer.tree.begins.size():
            self.outer.tree.grow(self.outer.read, two)
        sums(self.table, self.inner.read, self.inner.of(inner), self.outer.tree, two, 1, least, &found)
        return found

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
        for first, many in sorted(slots[2].tolist()):
            for number in range(first, first + many):
                self.outer.add(spelled[0][number], number > first)
            if many:
                self.outer.tree.grow(self.outer.read, first)
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
        cdef int first = self.sounds[sound, 0], many = self.sounds[sound, 1]
        cdef Py_ssize_t base = self.cells.size()
        number = self.numbers[sound].get(spelled)
        if number is None:
            number = self.numbers[sound][spelled] = self.inner.add(self.spell(spelled), False)
            self.bases.push_back(base - first)
            self.cells.resize(base + many)
            sums(self.steps.table, self.inner.read, number, self.outer.tree, first, many, self.least, &self.cells[base])
        return number

    cdef int scan(self, Keys keys, int key, int begun, int least) except -1:
        """Add the costs of the slots of a cut for every row of the list that has the key."""
        cdef int row, total, other, place, width = self.cut.size()
        for row in range(keys.starts[max(key, 0)], keys.starts[key + 1]):
            total = begun
            for place in range(width):
                other = self.slots[self.begins[key] + (row - keys.starts[key]) * width + place]
                total += self.cells[self.bases[self.cut[place]] + other]
                if total < least:
                    break
            else:
                self.held.push_back(pair[int, int](keys.words[row], -total))
        return 0
