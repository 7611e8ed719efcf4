// The sums of the best steps between a word and many others: what `grid` says of them, to the last
// hundredth.
//
// A column of a grid holds, by letter of the one word, what is left of all that may be spent; it is
// worked out once for all words that begin alike, eight numbers at a time. Nothing is ever below 0,
// which nobody asks about, and a step over some letters of the one word is a shift.
#include <algorithm>
#include <tuple>
#include <vector>

enum { SIZES = 8, WIDE = 64, FAR = -10000, NEVER = 32767 };

// Words as one side of a table of steps sees them. Of a word only the letters are held that are
// behind those it shares with the word before; its runs of several letters, each its number times
// SIZES and its size, with the places of the letters that they end with.
struct Read {
    std::vector<int> ends{0}, several{0}, shared, letters, runs, places;
};

// What words begin with as trees: by node its last letter and the node before it, and from `starts`
// on its last runs of several letters with the nodes before them. By word the first node of its tree
// and its own number there; 0 is the root, which is no node. Layer by layer, as the eye of a
// processor likes it: no node waits for the one just done, and those that end alike stand together.
struct Tree {
    std::vector<int> begins, seats, letters, before, starts{0}, runs, sources;

    // Put all words from `first` on into one tree.
    void grow(const Read& words, int first) {
        std::vector<std::tuple<int, int, int, int>> nodes;
        std::vector<int> path, heads{0}, runs_of{0}, ranks, ends;
        int run = words.several[first];
        for (size_t word = first; word + 1 < words.ends.size(); word++) {
            path.resize(words.shared[word] + 1);
            for (int place = words.ends[word]; place < words.ends[word + 1]; place++) {
                const int depth = path.size(), own = heads.size();
                runs_of.push_back(run);
                while (run < words.several[word + 1] && words.places[run] == place) run++;
                nodes.emplace_back(depth, words.letters[place], run > runs_of.back() ? words.runs[run - 1] : 0, own);
                heads.push_back(path.back());
                path.push_back(own);
            }
            begins.push_back(letters.size());
            ends.push_back(path.back());
        }
        runs_of.push_back(run);
        std::sort(nodes.begin(), nodes.end());
        ranks.resize(heads.size());
        for (size_t rank = 0; rank < nodes.size(); rank++) ranks[std::get<3>(nodes[rank])] = rank + 1;
        for (const auto& node : nodes) {
            const int own = std::get<3>(node);
            letters.push_back(std::get<1>(node));
            before.push_back(ranks[heads[own]]);
            for (int run = runs_of[own]; run < runs_of[own + 1]; run++) {
                int head = own;
                for (int back = words.runs[run] % SIZES; back; back--) head = heads[head];
                runs.push_back(words.runs[run] / SIZES);
                sources.push_back(ranks[head]);
            }
            starts.push_back(runs.size());
        }
        for (int end : ends) seats.push_back(ranks[end]);
    }
};

// What steps cost: for runs of either side, and for letters that nothing stands for; by run of the
// one side the runs of several letters of the other that it has steps to. And room to work in.
struct Table {
    const short *weights, *drops, *adds;
    int wide;
    std::vector<int> starts, several;
    std::vector<signed char> reach;
    std::vector<char> room, columns;

    // Look through the steps; single: the last run of the other side that is of one letter.
    void know(int rows, int single) {
        for (int run = 0; run < rows; run++) {
            starts.push_back(several.size());
            for (int other = single + 1; other < wide; other++)
                if (weights[size_t(run) * wide + other] > FAR) several.push_back(other);
        }
        starts.push_back(several.size());
    }
};

#ifdef __clang__
#define MIXED __builtin_shufflevector
#else
#define MIXED(one, other, ...) __builtin_shuffle(one, other, Eight{__VA_ARGS__})
#endif
typedef short Eight __attribute__((vector_size(16)));

template <int MANY> struct Column {
    Eight of[MANY];
    short& operator[](int row) { return reinterpret_cast<short*>(of)[row]; }
};

template <int MANY> Column<MANY> filled(int value) {
    Column<MANY> column;
    for (int row = 0; row < 8 * MANY; row++) column[row] = value;
    return column;
}

template <int BY, int MANY> inline Column<MANY> later(const Column<MANY>& column) {
    const int far = BY / 8, by = BY % 8;
    Column<MANY> moved;
    for (int at = 0; at < MANY; at++) {
        const Eight low = at > far ? column.of[at - far - 1] : Eight{};
        const Eight high = at < far ? Eight{} : column.of[at - far];
        moved.of[at] = by ? MIXED(low, high, 8 - by, 9 - by, 10 - by, 11 - by, 12 - by, 13 - by, 14 - by, 15 - by) : high;
    }
    return moved;
}

// Spend costs, and keep what is more than before.
template <int MANY> inline void take(Column<MANY>& best, const Column<MANY>& column, const Column<MANY>& costs) {
    for (int at = 0; at < MANY; at++) {
        const Eight left = (column.of[at] > costs.of[at] ? column.of[at] : costs.of[at]) - costs.of[at];
        best.of[at] = best.of[at] > left ? best.of[at] : left;
    }
}

// A word, and what it costs where the runs of others meet it, which is worked out at the first time;
// seldom: they are so few that nobody asks first which of them it has steps to.
template <int MANY> class Faced {
    struct Run { const short* weights; int size, place; };
    Table& table;
    const int height, all;
    const bool seldom;
    int longest = 1, levels = 0, count = 0;
    Run own[WIDE * SIZES];
    Column<MANY> drops[7];  // of 1, 2, 4, … letters
    Column<MANY> *costs, root;

    void add(int number, int size, int place) {
        own[count++] = {table.weights + size_t(number) * table.wide, size, place};
        longest = std::max(longest, size);
        if (seldom) return;
        for (int at = table.starts[number]; at < table.starts[number + 1]; at++)
            table.reach[table.several[at]] = -1;
    }

    // What a run of the others costs: how many letters of the word it reaches over at most.
    int meet(int other, bool single) {
        Column<MANY>* cost = costs + other * SIZES;
        int reach = 1;
        cost[0] = filled<MANY>(single ? -table.adds[other] : NEVER);
        for (int size = 1; size <= longest; size++) cost[size] = filled<MANY>(NEVER);
        for (const Run* run = own; run < own + count; run++) {
            const int spent = -run->weights[other];
            cost[run->size][run->place] = spent;
            if (spent < all) reach = std::max(reach, run->size);
        }
        return reach;
    }

    void step(Column<MANY>& now, Column<MANY> moved, int other, bool single) {
        if (table.reach[other] < single) table.reach[other] = meet(other, single);
        const Column<MANY>* cost = costs + other * SIZES;
        if (single) take(now, moved, cost[0]);
        moved = later<1>(moved);
        take(now, moved, cost[1]);
        for (int more = 2; more <= table.reach[other]; more++) {
            moved = later<1>(moved);
            take(now, moved, cost[more]);
        }
    }

    void drop(Column<MANY>& now) {
        take(now, later<1>(now), drops[0]);
        if (levels > 1) take(now, later<2>(now), drops[1]);
        if (levels > 2) take(now, later<4>(now), drops[2]);
        if (MANY > 1 && levels > 3) take(now, later<8>(now), drops[3]);
        if (MANY > 2 && levels > 4) take(now, later<16>(now), drops[4]);
        if (MANY > 4 && levels > 5) take(now, later<32>(now), drops[5]);
    }

  public:
    Faced(Table& table, const Read& words, int one, int least, bool seldom)
        : table(table), height(words.ends[one + 1] - words.ends[one]), all(1 - std::max<int>(least, FAR)), seldom(seldom) {
        const int* letters = &words.letters[words.ends[one]];
        table.reach.assign(table.wide, -seldom);
        table.room.resize(std::max(table.room.size(), table.wide * SIZES * sizeof(Column<MANY>)));
        costs = reinterpret_cast<Column<MANY>*>(table.room.data());
        for (int row = 0; row < height; row++) add(letters[row], 1, row + 1);
        for (int run = words.several[one]; run < words.several[one + 1]; run++)
            add(words.runs[run] / SIZES, words.runs[run] % SIZES, words.places[run] - words.ends[one] + 1);
        drops[0] = filled<MANY>(NEVER);
        for (int row = 0; row < height; row++) drops[0][row + 1] = -table.drops[letters[row]];
        for (int size = 1, some = height; some; size *= 2) {
            some = 0;
            Column<MANY>&last = drops[levels++], &twice = drops[levels];
            twice = filled<MANY>(NEVER);
            for (int row = 2 * size; row <= height; row++) {
                twice[row] = std::min<int>(NEVER, last[row] + last[row - size]);
                some += twice[row] < all;
            }
        }
        root = filled<MANY>(0);
        root[0] = all;
        drop(root);
    }

    void sums(const Tree& others, int first, int many, short* found) {
        const int begin = others.begins[first];
        const int end = first + many < int(others.begins.size()) ? others.begins[first + many] : others.letters.size();
        table.columns.resize(std::max(table.columns.size(), (end - begin + 1) * sizeof(root)));
        Column<MANY>* columns = reinterpret_cast<Column<MANY>*>(table.columns.data());
        columns[0] = root;
        for (int node = begin; node < end; node++) {
            Column<MANY> now = {};
            step(now, columns[others.before[node]], others.letters[node], true);
            for (int run = others.starts[node]; run < others.starts[node + 1]; run++)
                if (table.reach[others.runs[run]]) step(now, columns[others.sources[run]], others.runs[run], false);
            drop(now);
            columns[node - begin + 1] = now;
        }
        for (int word = 0; word < many; word++) {
            const int left = columns[others.seats[first + word]][height];
            found[word] = left ? left - all : FAR;
        }
    }
};

// In hundredths, for a word of the inner side and all words of a tree, or the only one, from `first`
// on; FAR if less than `least`.
inline void sums(Table& table, const Read& inner, int one, const Tree& outer, int first, int many, int least, short* found) {
    const int height = inner.ends[one + 1] - inner.ends[one];
    if (height < 8) Faced<1>(table, inner, one, least, many == 1).sums(outer, first, many, found);
    else if (height < 16) Faced<2>(table, inner, one, least, many == 1).sums(outer, first, many, found);
    else Faced<8>(table, inner, one, least, many == 1).sums(outer, first, many, found);
}
