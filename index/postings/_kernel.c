/* The inner loops of a ranking, in C. It is optional: without it, NumPy does the same.

Why: an answer makes some 120 calls of NumPy, of one to three microseconds each however little there
is to do. Each function here takes the place of several of them, `compare` of most.

How to read it: a function of Python begins with its name in capitals and what it is equal to in
NumPy. An array arrives as a Py_buffer, which is a pointer and a length; `borrow` makes sure of the
type of its numbers. The record's arrays may be a file that is mapped into memory, and somebody may
have damaged it: each number from them is compared with the length of the array that it is a place
in, before it is used, and a wrong one raises ValueError. Nothing is kept from one call to the next.

Threads: the interpreter's lock is held. A call takes some ten microseconds, and a millisecond in a
record of a million paragraphs, which is less than the five after which Python changes threads; and
so no other thread can write to an array that is being read here.

Only functions of Python's stable interface are used (PEP 384): one build serves every version. */

#define Py_LIMITED_API 0x030B0000
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------------------------ reading -- */

/* What an array holds, the size of one in bytes, and its name in NumPy. */
typedef enum { INT32, INT64, FLOAT64, BYTE } Kind;
static const Py_ssize_t SIZES[] = {4, 8, 8, 1};
static const char *const NAMES[] = {"int32", "int64", "float64", "bool or uint8"};

/* Whether `format`, as the module `struct` writes it, stands for numbers of this kind. */
static int is_kind(const char *format, Kind kind)
{
    if (format == NULL)
        return kind == BYTE;
    if (*format == '@' || *format == '=')
        format++;
    if (format[0] == '\0' || format[1] != '\0')
        return 0;
    switch (kind) {
    case FLOAT64: return format[0] == 'd';
    case BYTE: return strchr("?B", format[0]) != NULL;
    default: return strchr("ilq", format[0]) != NULL; /* l has 4 bytes or 8, by the platform */
    }
}

/* Borrow the numbers of `array`; -1 with an error if they are not of this kind, side by side. */
static int borrow(PyObject *array, Py_buffer *view, Kind kind, int flags, const char *name)
{
    view->obj = NULL;
    if (PyObject_GetBuffer(array, view, flags | PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) < 0)
        return -1;
    if (view->itemsize == SIZES[kind] && is_kind(view->format, kind)
        && (uintptr_t)view->buf % (uintptr_t)SIZES[kind] == 0)
        return 0;
    PyBuffer_Release(view);
    view->obj = NULL;
    PyErr_Format(PyExc_ValueError, "%s: expected aligned numbers of type %s", name, NAMES[kind]);
    return -1;
}

static int to_read(PyObject *array, Py_buffer *view, Kind kind, const char *name)
{
    return borrow(array, view, kind, PyBUF_SIMPLE, name);
}

static int to_write(PyObject *array, Py_buffer *view, Kind kind, const char *name)
{
    return borrow(array, view, kind, PyBUF_WRITABLE, name);
}

/* How many numbers there are. */
static Py_ssize_t length(const Py_buffer *view)
{
    return view->itemsize > 0 ? view->len / view->itemsize : 0;
}

/* Give back what was borrowed; what never was is left alone. */
static void release(Py_buffer *views, int count)
{
    for (int i = 0; i < count; i++)
        if (views[i].obj != NULL)
            PyBuffer_Release(&views[i]);
}

static void *damaged(const char *what)
{
    PyErr_Format(PyExc_ValueError, "the index is damaged: %s; build it anew", what);
    return NULL;
}

/* One line of a query: a run of postings, from `start` to before `stop`. */
typedef struct {
    Py_ssize_t start, stop;
} Line;

/* What a line of a query stands for: which of its terms, of how many tokens; the question's form of
the word; and the term that follows there. The last two are -1 if there is none. */
typedef struct {
    int64_t term, width, form, next;
} Meaning;

/* Return the slices of the list `postings` as lines, to be freed; NULL with an error. */
static Line *lines_of(PyObject *postings, Py_ssize_t *count, Py_ssize_t all)
{
    if (!PyList_Check(postings)) {
        PyErr_SetString(PyExc_TypeError, "postings: expected a list of slices");
        return NULL;
    }
    *count = PyList_Size(postings);
    Line *lines = malloc((size_t)(*count + 1) * sizeof(Line));
    if (lines == NULL)
        return (Line *)PyErr_NoMemory();
    for (Py_ssize_t i = 0; i < *count; i++) {
        Py_ssize_t step = 1;
        PyObject *one = PyList_GetItem(postings, i);
        if (one == NULL || !PySlice_Check(one)
            || PySlice_Unpack(one, &lines[i].start, &lines[i].stop, &step) < 0) {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_TypeError, "postings: expected a list of slices");
            free(lines);
            return NULL;
        }
        if (lines[i].start < 0 || lines[i].stop < lines[i].start || lines[i].stop > all
            || step != 1) {
            free(lines);
            return damaged("a term has postings that are not there");
        }
    }
    return lines;
}

/* ------------------------------------------------------------------------------------- scores -- */

PyDoc_STRVAR(accumulate_doc,
"accumulate(paragraphs, weights, postings, boosts, scores, seen, matching, /)\n--\n\n"
"Add the weights of a query's postings to scores; return how many paragraphs match.");

/* ACCUMULATE. The score of a paragraph is the sum over the query's terms of boost x weight, where
weight is the term's BM25 weight in the paragraph (Trotman, Puurula and Burgess, 2014; computed in
bm25.py). The same as

    np.bincount(paragraphs, weights * boosts, minlength=len(scores))

to the last bit: it adds in doubles, term by term, each product rounded before it is added. For that,
this file is compiled so that no product and sum are fused (-ffp-contract=off).

`scores` and `seen` are zeros, one for each paragraph of the record. Only those of the paragraphs
that match are written to, and these are listed in `matching`, so that `clear` need not look through
the record. */
static PyObject *accumulate(PyObject *self, PyObject *args)
{
    PyObject *arrays[5], *postings, *boosts, *result = NULL;
    Py_buffer views[6] = {{0}};
    Py_ssize_t count = 0, matches = 0;
    Line *lines = NULL;
    (void)self;
    if (!PyArg_ParseTuple(args, "OOOOOOO:accumulate", &arrays[0], &arrays[1], &postings, &boosts,
                          &arrays[2], &arrays[3], &arrays[4]))
        return NULL;
    if (to_read(arrays[0], &views[0], INT32, "paragraphs") < 0
        || to_read(arrays[1], &views[1], FLOAT64, "weights") < 0
        || to_write(arrays[2], &views[2], FLOAT64, "scores") < 0
        || to_write(arrays[3], &views[3], BYTE, "seen") < 0
        || to_write(arrays[4], &views[4], INT32, "matching") < 0)
        goto end;
    const int32_t *paragraphs = views[0].buf;
    const double *weights = views[1].buf;
    double *scores = views[2].buf;
    uint8_t *seen = views[3].buf;
    int32_t *matching = views[4].buf;
    const Py_ssize_t all = length(&views[0]), record = length(&views[2]);
    if (length(&views[1]) != all || length(&views[3]) != record || length(&views[4]) != record) {
        PyErr_SetString(PyExc_ValueError, "the arrays differ in length");
        goto end;
    }
    lines = lines_of(postings, &count, all);
    if (lines == NULL)
        goto end;
    if (!PyList_Check(boosts) || PyList_Size(boosts) != count) {
        PyErr_SetString(PyExc_ValueError, "boosts: expected a list of one for each line");
        goto end;
    }
    for (Py_ssize_t line = 0; line < count; line++) {
        /* The boost of a line is one number, or a number for each of its postings. */
        PyObject *boost = PyList_GetItem(boosts, line);
        const double *each = NULL;
        double times = 1.0;
        if (boost == NULL)
            goto end;
        if (PyFloat_Check(boost)) {
            times = PyFloat_AsDouble(boost);
        } else {
            if (to_read(boost, &views[5], FLOAT64, "boosts") < 0)
                goto end;
            if (length(&views[5]) != lines[line].stop - lines[line].start) {
                PyErr_SetString(PyExc_ValueError, "boosts: expected one for each posting");
                goto end;
            }
            each = views[5].buf;
        }
        for (Py_ssize_t at = lines[line].start; at < lines[line].stop; at++) {
            const int32_t paragraph = paragraphs[at];
            if (paragraph < 0 || paragraph >= record) {
                damaged("a posting is of a paragraph that is not there");
                goto end;
            }
            if (!seen[paragraph]) {
                if (matches >= record) {
                    PyErr_SetString(PyExc_ValueError, "the arrays share their memory");
                    goto end;
                }
                seen[paragraph] = 1;
                matching[matches++] = paragraph;
            }
            const double weight = weights[at] * (each ? each[at - lines[line].start] : times);
            scores[paragraph] += weight;
        }
        release(&views[5], 1);
        views[5].obj = NULL;
    }
    result = PyLong_FromSsize_t(matches);
end:
    free(lines);
    release(views, 6);
    return result;
}

/* A paragraph and its score. */
typedef struct {
    double score;
    int64_t number;
} Scored;

/* Whether `one` comes after `other`: it scores less, or as much and stands later in the record. */
static int is_after(Scored one, Scored other)
{
    return one.score < other.score || (one.score == other.score && one.number > other.number);
}

/* A heap is an array where each place comes after both its children, 2i + 1 and 2i + 2; so the last
of all is at place 0. Let what is at `place` sink to where that holds again. */
static void sink(Scored *heap, Py_ssize_t size, Py_ssize_t place)
{
    const Scored moved = heap[place];
    for (;;) {
        Py_ssize_t child = 2 * place + 1;
        if (child >= size)
            break;
        if (child + 1 < size && is_after(heap[child + 1], heap[child]))
            child++;
        if (!is_after(heap[child], moved))
            break;
        heap[place] = heap[child];
        place = child;
    }
    heap[place] = moved;
}

/* Let all that have children sink, the last of them first. */
static void make_heap(Scored *heap, Py_ssize_t size)
{
    for (Py_ssize_t parent = size / 2 - 1; parent >= 0; parent--)
        sink(heap, size, parent);
}

PyDoc_STRVAR(best_doc,
"best(scores, matching, count, k, allowed, /)\n--\n\n"
"Return the k best of the first count of matching that are allowed, best first, as int64.");

/* BEST. The k of the paragraphs listed in `matching` that score best, of equals the earlier. The
same as sorting them in full and taking the first k; but of all only the k best so far are kept, in a
heap with the last of them on top, and most paragraphs are compared with that one and left. */
static PyObject *best(PyObject *self, PyObject *args)
{
    PyObject *arrays[2], *allowed, *result = NULL;
    Py_buffer views[3] = {{0}};
    Py_ssize_t count, k, size = 0;
    Scored *heap = NULL;
    (void)self;
    if (!PyArg_ParseTuple(args, "OOnnO:best", &arrays[0], &arrays[1], &count, &k, &allowed))
        return NULL;
    if (to_read(arrays[0], &views[0], FLOAT64, "scores") < 0
        || to_read(arrays[1], &views[1], INT32, "matching") < 0
        || (allowed != Py_None && to_read(allowed, &views[2], BYTE, "allowed") < 0))
        goto end;
    const double *scores = views[0].buf;
    const int32_t *matching = views[1].buf;
    const uint8_t *chosen = allowed != Py_None ? views[2].buf : NULL;
    const Py_ssize_t record = length(&views[0]);
    if (count < 0 || count > length(&views[1]) || (chosen && length(&views[2]) != record)) {
        PyErr_SetString(PyExc_ValueError, "the arrays differ in length");
        goto end;
    }
    k = k < 0 ? 0 : k > count ? count : k;
    heap = malloc((size_t)(k + 1) * sizeof(Scored));
    if (heap == NULL) {
        PyErr_NoMemory();
        goto end;
    }
    for (Py_ssize_t i = 0; k > 0 && i < count; i++) {
        if (matching[i] < 0 || matching[i] >= record) {
            PyErr_SetString(PyExc_ValueError, "matching: a paragraph is not there");
            goto end;
        }
        if (chosen && !chosen[matching[i]])
            continue;
        const Scored one = {scores[matching[i]], matching[i]};
        if (size < k) {
            heap[size++] = one;
            if (size == k)
                make_heap(heap, size);
        } else if (is_after(heap[0], one)) {
            heap[0] = one;
            sink(heap, k, 0);
        }
    }
    if (size < k)
        make_heap(heap, size);
    result = PyByteArray_FromStringAndSize(NULL, size * (Py_ssize_t)sizeof(int64_t));
    if (result == NULL)
        goto end;
    int64_t *numbers = (int64_t *)PyByteArray_AsString(result);
    /* The last is on top: taken off one by one, they fill the result from its end. */
    while (size > 0) {
        numbers[size - 1] = heap[0].number;
        heap[0] = heap[--size];
        if (size > 0)
            sink(heap, size, 0);
    }
end:
    free(heap);
    release(views, 3);
    return result;
}

PyDoc_STRVAR(clear_doc,
"clear(scores, seen, matching, count, /)\n--\n\n"
"Make zero again what accumulate wrote to scores and seen.");

/* CLEAR. Of the first `count` paragraphs of `matching`, so that the arrays serve the next query. */
static PyObject *clear(PyObject *self, PyObject *args)
{
    PyObject *arrays[3], *result = NULL;
    Py_buffer views[3] = {{0}};
    Py_ssize_t count;
    (void)self;
    if (!PyArg_ParseTuple(args, "OOOn:clear", &arrays[0], &arrays[1], &arrays[2], &count))
        return NULL;
    if (to_write(arrays[0], &views[0], FLOAT64, "scores") < 0
        || to_write(arrays[1], &views[1], BYTE, "seen") < 0
        || to_read(arrays[2], &views[2], INT32, "matching") < 0)
        goto end;
    double *scores = views[0].buf;
    uint8_t *seen = views[1].buf;
    const int32_t *matching = views[2].buf;
    const Py_ssize_t record = length(&views[0]);
    if (length(&views[1]) != record || count < 0 || count > length(&views[2])) {
        PyErr_SetString(PyExc_ValueError, "the arrays differ in length");
        goto end;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        const int32_t paragraph = matching[i];
        if (paragraph < 0 || paragraph >= record) {
            PyErr_SetString(PyExc_ValueError, "matching: a paragraph is not there");
            goto end;
        }
        scores[paragraph] = 0.0;
        seen[paragraph] = 0;
    }
    result = Py_None;
    Py_INCREF(result);
end:
    release(views, 3);
    return result;
}

/* ---------------------------------------------------------------------------------- sentences -- */

/* Return where in the postings from `start` to `stop`, which ascend, `number` stands or would. */
static Py_ssize_t place_of(const int32_t *paragraphs, Py_ssize_t start, Py_ssize_t stop,
                           int64_t number)
{
    while (start < stop) {
        const Py_ssize_t middle = start + (stop - start) / 2;
        if (paragraphs[middle] < number)
            start = middle + 1;
        else
            stop = middle;
    }
    return start;
}

/* The occurrences of a query's words, gathered one by one: four columns as they are returned. */
typedef struct {
    int64_t *columns[4]; /* row, term, first position, last position */
    Py_ssize_t count, room;
} Occurrences;

static int add_occurrence(Occurrences *found, int64_t row, int64_t term, int64_t first,
                          int64_t last)
{
    if (found->count == found->room) {
        const Py_ssize_t room = found->room ? 2 * found->room : 256;
        for (int column = 0; column < 4; column++) {
            void *grown = realloc(found->columns[column], (size_t)room * sizeof(int64_t));
            if (grown == NULL) {
                PyErr_NoMemory();
                return -1;
            }
            found->columns[column] = grown;
        }
        found->room = room;
    }
    const int64_t one[4] = {row, term, first, last};
    for (int column = 0; column < 4; column++)
        found->columns[column][found->count] = one[column];
    found->count++;
    return 0;
}

/* The position of the lowest bit of `word` that is set; there is one. */
static int lowest_bit(uint64_t word)
{
#if defined(__GNUC__)
    return __builtin_ctzll(word);
#else
    int bit = 0;
    while (!(word >> bit & 1))
        bit++;
    return bit;
#endif
}

/* For each sentence of one paragraph, which cells of its row in the table of weights count: a bit
for each. A row has 3 x terms cells: that the sentence has the term; that it has the question's very
form of it; that the term that follows in the question follows here. */
typedef struct {
    uint64_t *bits;
    Py_ssize_t words;     /* of 64 bits, for one sentence */
    Py_ssize_t sentences; /* so many have room */
    Py_ssize_t used;      /* so many have been written to: the others are zeros */
} Table;

static int mark(Table *table, Py_ssize_t sentence, Py_ssize_t cell)
{
    if (sentence >= table->sentences) {
        const Py_ssize_t room = 2 * sentence + 16;
        uint64_t *grown = realloc(table->bits, (size_t)(room * table->words) * sizeof(uint64_t));
        if (grown == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        memset(grown + table->sentences * table->words, 0,
               (size_t)((room - table->sentences) * table->words) * sizeof(uint64_t));
        table->bits = grown;
        table->sentences = room;
    }
    table->bits[sentence * table->words + cell / 64] |= (uint64_t)1 << cell % 64;
    if (sentence >= table->used)
        table->used = sentence + 1;
    return 0;
}

/* Return the weight of a sentence: the sum of its cells' weights, in the order of the cells. */
static double weight_of(const Table *table, Py_ssize_t sentence, const double *weights)
{
    double sum = 0.0;
    for (Py_ssize_t word = 0; word < table->words; word++)
        for (uint64_t left = table->bits[sentence * table->words + word]; left; left &= left - 1)
            sum += weights[word * 64 + lowest_bit(left)];
    return sum;
}

PyDoc_STRVAR(compare_doc,
"compare(numbers, asked, postings, lines, weights, as_good, paragraphs, begins, positions,\n"
"        details, first, sentences, /)\n--\n\n"
"Return the best sentence of each of numbers, what each lacks, and where the words stand.");

/* COMPARE. For each paragraph of `numbers`, a row of what is returned: the weight of its best
sentence and that sentence's number; how many tokens the query's words are; which terms it lacks,
and which the question lacks that it answers, by `asked`; and where the words stand, in four columns.

The same as `Ranker._find` and then `SentenceIndex.weigh`, where the formula is explained. `weights`
are those of the cells of the table above. The sums are made in the order of the cells, as by NumPy:
they are the same to the last bit. */
static PyObject *compare(PyObject *self, PyObject *args)
{
    enum { NUMBERS, LINES, WEIGHTS, PARAGRAPHS, BEGINS, POSITIONS, DETAILS, FIRST, ASKED, VIEWS };
    static const Kind kinds[] = {INT64, INT64, FLOAT64, INT32, INT32, INT32, INT32, INT64, INT64};
    static const char *const names[] = {"numbers", "lines", "weights", "paragraphs", "begins",
                                        "positions", "details", "first", "asked"};
    PyObject *arrays[VIEWS], *postings, *result = NULL;
    PyObject *made[6] = {NULL}; /* best, sentence, matched, absent, unasked, occurrences */
    Py_buffer views[VIEWS] = {{0}};
    Py_ssize_t count = 0, sentences;
    double as_good;
    Line *lines = NULL;
    Py_ssize_t *from = NULL;
    Table table = {0};
    Occurrences found = {0};
    (void)self;
    if (!PyArg_ParseTuple(args, "OOOOOdOOOOOn:compare", &arrays[NUMBERS], &arrays[ASKED],
                          &postings, &arrays[LINES], &arrays[WEIGHTS], &as_good,
                          &arrays[PARAGRAPHS], &arrays[BEGINS], &arrays[POSITIONS],
                          &arrays[DETAILS], &arrays[FIRST], &sentences))
        return NULL;
    const int replies = arrays[ASKED] != Py_None;
    for (int i = 0; i < VIEWS; i++)
        if ((i != ASKED || replies) && to_read(arrays[i], &views[i], kinds[i], names[i]) < 0)
            goto end;
    const int64_t *numbers = views[NUMBERS].buf;
    const Meaning *means = views[LINES].buf;
    const double *weights = views[WEIGHTS].buf;
    const int32_t *paragraphs = views[PARAGRAPHS].buf, *begins = views[BEGINS].buf;
    const int32_t *positions = views[POSITIONS].buf, *details = views[DETAILS].buf;
    const int64_t *first = views[FIRST].buf;
    const Py_ssize_t rows = length(&views[NUMBERS]), width = length(&views[WEIGHTS]) / 3;
    const Py_ssize_t all = length(&views[PARAGRAPHS]), tokens = length(&views[POSITIONS]);
    const Py_ssize_t record = length(&views[FIRST]);
    lines = lines_of(postings, &count, all);
    if (lines == NULL)
        goto end;
    if (length(&views[LINES]) != 4 * count || length(&views[WEIGHTS]) != 3 * width
        || length(&views[BEGINS]) != all + 1 || length(&views[DETAILS]) != 3 * tokens
        || (replies && length(&views[ASKED]) != rows)) {
        PyErr_SetString(PyExc_ValueError, "the arrays differ in length");
        goto end;
    }
    for (Py_ssize_t line = 0; line < count; line++)
        if (means[line].term < 0 || means[line].term >= width || means[line].width < 0
            || means[line].width > INT32_MAX) {
            PyErr_SetString(PyExc_ValueError, "lines: one is of a term that is not there");
            goto end;
        }
    from = malloc((size_t)(count + 1) * sizeof(Py_ssize_t));
    if (from == NULL) {
        PyErr_NoMemory();
        goto end;
    }
    const Py_ssize_t sizes[5] = {8 * rows, 8 * rows, 8 * rows, rows * width,
                                 replies ? rows * width : 0};
    for (int i = 0; i < 5; i++) {
        made[i] = PyByteArray_FromStringAndSize(NULL, sizes[i]);
        if (made[i] == NULL)
            goto end;
    }
    double *best = (double *)PyByteArray_AsString(made[0]);
    int64_t *sentence_of = (int64_t *)PyByteArray_AsString(made[1]);
    int64_t *matched = (int64_t *)PyByteArray_AsString(made[2]);
    char *absent = PyByteArray_AsString(made[3]), *unasked = PyByteArray_AsString(made[4]);
    memset(absent, 1, (size_t)sizes[3]);
    memset(unasked, 1, (size_t)sizes[4]);
    table.words = (3 * width + 63) / 64;

    for (Py_ssize_t row = 0; row < rows; row++) {
        const int64_t number = numbers[row];
        if (number < 0 || number >= record) {
            PyErr_SetString(PyExc_ValueError, "numbers: a paragraph is not there");
            goto end;
        }
        const int64_t begun = first[number];
        const int64_t ended = number + 1 < record ? first[number + 1] : sentences;
        if (begun < 0 || ended < begun || ended > sentences) {
            damaged("a paragraph has sentences that are not there");
            goto end;
        }
        matched[row] = 0;
        for (Py_ssize_t line = 0; line < count; line++) {
            /* As the numbers ascend, a line is searched from where the last one stood. */
            if (row == 0 || numbers[row - 1] > number)
                from[line] = lines[line].start;
            const Py_ssize_t at = place_of(paragraphs, from[line], lines[line].stop, number);
            from[line] = at;
            if (at == lines[line].stop || paragraphs[at] != number)
                continue;
            const int32_t begin = begins[at], end = begins[at + 1];
            if (begin < 0 || end < begin || end > tokens) {
                damaged("a posting has positions that are not there");
                goto end;
            }
            const Meaning of = means[line];
            absent[row * width + of.term] = 0;
            matched[row] += (int64_t)(end - begin) * of.width;
            for (Py_ssize_t token = begin; token < end; token++) {
                /* Its sentence, from the paragraph's first; its form; the term that follows. */
                const int32_t *detail = details + 3 * token;
                const int32_t sentence = detail[0];
                if (sentence < 0 || sentence >= ended - begun) {
                    damaged("a word is in a sentence that is not there");
                    goto end;
                }
                if (mark(&table, sentence, of.term) < 0
                    || (detail[1] == of.form && mark(&table, sentence, width + of.term) < 0)
                    || (detail[2] == of.next && mark(&table, sentence, 2 * width + of.term) < 0)
                    || add_occurrence(&found, row, of.term, positions[token],
                                      positions[token] + of.width - 1) < 0)
                    goto end;
            }
        }
        /* Of sentences as good as the best, the first. */
        double most = 0.0;
        for (Py_ssize_t sentence = 0; sentence < table.used; sentence++) {
            const double weight = weight_of(&table, sentence, weights);
            most = sentence == 0 || weight > most ? weight : most;
        }
        best[row] = most;
        sentence_of[row] = begun;
        for (Py_ssize_t sentence = 0; sentence < table.used; sentence++) {
            const double weight = weight_of(&table, sentence, weights);
            if (weight >= most * as_good) {
                best[row] = weight;
                sentence_of[row] = begun + sentence;
                break;
            }
        }
        if (table.used)
            memset(table.bits, 0, (size_t)(table.used * table.words) * sizeof(uint64_t));
        table.used = 0;
    }

    /* The same search for the questions that are answered, of which only the terms are wanted. */
    if (replies) {
        const int64_t *asked = views[ASKED].buf;
        for (Py_ssize_t row = 0; row < rows; row++) {
            if (row > 0 && asked[row] == asked[row - 1]) {
                memcpy(unasked + row * width, unasked + (row - 1) * width, (size_t)width);
                continue;
            }
            for (Py_ssize_t line = 0; line < count; line++) {
                if (row == 0 || asked[row - 1] > asked[row])
                    from[line] = lines[line].start;
                const Py_ssize_t at = place_of(paragraphs, from[line], lines[line].stop,
                                               asked[row]);
                from[line] = at;
                if (at < lines[line].stop && paragraphs[at] == asked[row])
                    unasked[row * width + means[line].term] = 0;
            }
        }
    }

    const Py_ssize_t bytes = found.count * (Py_ssize_t)sizeof(int64_t);
    made[5] = PyByteArray_FromStringAndSize(NULL, 4 * bytes);
    if (made[5] == NULL)
        goto end;
    for (int column = 0; bytes > 0 && column < 4; column++)
        memcpy(PyByteArray_AsString(made[5]) + column * bytes, found.columns[column],
               (size_t)bytes);
    result = PyTuple_Pack(6, made[0], made[1], made[2], made[3], made[4], made[5]);
end:
    for (int i = 0; i < 6; i++)
        Py_XDECREF(made[i]);
    for (int column = 0; column < 4; column++)
        free(found.columns[column]);
    free(table.bits);
    free(from);
    free(lines);
    release(views, VIEWS);
    return result;
}

/* -------------------------------------------------------------------------------------- parts -- */

PyDoc_STRVAR(parts_doc,
"parts(numbers, scores, best, matched, lengths, fragments, before, behind, is_answer, asked,\n"
"      closeness, shares, few, count, /)\n--\n\n"
"Return the parts of the scores of numbers that the paragraphs make by themselves.");

/* PARTS. A row of `count` for each `Part` of score.py, and in it a number for each of `numbers`; what
is not made here is zero. The same as `Ranker._made_by_numpy`, to the last bit.

`best` and `matched` are what `compare` returned; `lengths` to `is_answer` tell of all paragraphs,
and `asked` and `closeness` of the questions that `numbers` answer, or are None. */
static PyObject *parts(PyObject *self, PyObject *args)
{
    enum { NUMBERS, SCORES, BEST, MATCHED, LENGTHS, FRAGMENTS, BEFORE, BEHIND, IS_ANSWER, CLOSENESS,
           ASKED, VIEWS };
    static const Kind kinds[] = {INT64, FLOAT64, FLOAT64, INT64, INT64, BYTE, INT64, INT64, BYTE,
                                 FLOAT64, INT64};
    static const char *const names[] = {"numbers", "scores", "best", "matched", "lengths",
                                        "fragments", "before", "behind", "is_answer", "closeness",
                                        "asked"};
    /* In the order of `Part`. */
    enum { BM25, BEST_SENTENCE, TITLE, REPLY, TURN, EMPTINESS, MADE };
    PyObject *arrays[VIEWS], *result = NULL;
    Py_buffer views[VIEWS] = {{0}};
    Py_ssize_t few, count;
    double of_sentence, of_neighbours, of_answer, of_reply, of_little, of_fragment, of_empty;
    (void)self;
    if (!PyArg_ParseTuple(args, "OOOOOOOOOOO(ddddddd)nn:parts", &arrays[NUMBERS], &arrays[SCORES],
                          &arrays[BEST], &arrays[MATCHED], &arrays[LENGTHS], &arrays[FRAGMENTS],
                          &arrays[BEFORE], &arrays[BEHIND], &arrays[IS_ANSWER], &arrays[ASKED],
                          &arrays[CLOSENESS], &of_sentence, &of_neighbours, &of_answer, &of_reply,
                          &of_little, &of_fragment, &of_empty, &few, &count))
        return NULL;
    const int replies = arrays[ASKED] != Py_None;
    for (int i = 0; i < (replies ? VIEWS : CLOSENESS); i++)
        if (to_read(arrays[i], &views[i], kinds[i], names[i]) < 0)
            goto end;
    const int64_t *numbers = views[NUMBERS].buf, *matched = views[MATCHED].buf;
    const double *scores = views[SCORES].buf, *best = views[BEST].buf;
    const int64_t *lengths = views[LENGTHS].buf;
    const uint8_t *fragments = views[FRAGMENTS].buf, *is_answer = views[IS_ANSWER].buf;
    const int64_t *beside[2] = {views[BEFORE].buf, views[BEHIND].buf};
    const int64_t *asked = views[ASKED].buf;
    const double *closeness = views[CLOSENESS].buf;
    const Py_ssize_t rows = length(&views[NUMBERS]), record = length(&views[SCORES]);
    if (count < MADE || count > 64 || length(&views[BEST]) != rows
        || length(&views[MATCHED]) != rows || length(&views[LENGTHS]) != record
        || length(&views[FRAGMENTS]) != record || length(&views[BEFORE]) != record
        || length(&views[BEHIND]) != record || length(&views[IS_ANSWER]) != record
        || (replies && (length(&views[ASKED]) != rows || length(&views[CLOSENESS]) != rows))) {
        PyErr_SetString(PyExc_ValueError, "the arrays differ in length");
        goto end;
    }
    const Py_ssize_t bytes = count * rows * (Py_ssize_t)sizeof(double);
    PyObject *made = PyByteArray_FromStringAndSize(NULL, bytes);
    if (made == NULL)
        goto end;
    double *part[MADE];
    for (int i = 0; i < MADE; i++)
        part[i] = (double *)PyByteArray_AsString(made) + i * rows;
    memset(part[0], 0, (size_t)bytes);
    for (Py_ssize_t row = 0; row < rows; row++) {
        const int64_t number = numbers[row];
        if (number < 0 || number >= record) {
            PyErr_SetString(PyExc_ValueError, "numbers: a paragraph is not there");
            Py_CLEAR(made);
            goto end;
        }
        const double score = scores[number], sentence = of_sentence * best[row];
        part[BM25][row] = score;
        part[BEST_SENTENCE][row] = sentence;
        double neighbours = 0.0;
        for (int side = 0; side < 2; side++) {
            const int64_t other = beside[side][number];
            if (other >= record) {
                damaged("a paragraph stands beside one that is not there");
                Py_CLEAR(made);
                goto end;
            }
            neighbours += other < 0 ? 0.0 : scores[other];
        }
        part[TURN][row] = of_neighbours * neighbours + (is_answer[number] ? of_answer : 0.0);
        double lost = fragments[number] ? of_fragment : 0.0;
        if (matched[row] >= lengths[number] && of_empty > lost)
            lost = of_empty;
        part[EMPTINESS][row] = -fabs(score + sentence) * lost;
        if (!replies)
            continue;
        if (asked[row] < 0 || asked[row] >= record) {
            damaged("a paragraph answers one that is not there");
            Py_CLEAR(made);
            goto end;
        }
        const double reply = of_reply * closeness[row] * scores[asked[row]];
        const int says_little = score == 0.0 && lengths[number] <= few;
        part[REPLY][row] = says_little ? reply * (1 - of_little) : reply;
    }
    result = made;
end:
    release(views, VIEWS);
    return result;
}

/* --------------------------------------------------------------------------------- highlights -- */

/* A slice of a paragraph's text, in characters. */
typedef struct {
    int32_t start, stop;
} Span;

static int by_place(const void *left, const void *right)
{
    const Span *one = left, *other = right;
    if (one->start != other->start)
        return one->start < other->start ? -1 : 1;
    return (one->stop > other->stop) - (one->stop < other->stop);
}

/* Return `spans` as a list of tuples, those that overlap as one; they are sorted for it. */
static PyObject *merged(Span *spans, Py_ssize_t count)
{
    PyObject *list = PyList_New(0);
    qsort(spans, (size_t)count, sizeof(Span), by_place);
    for (Py_ssize_t i = 0; list != NULL && i < count;) {
        Span one = spans[i++];
        for (; i < count && spans[i].start < one.stop; i++)
            one.stop = spans[i].stop > one.stop ? spans[i].stop : one.stop;
        PyObject *pair = Py_BuildValue("(ii)", (int)one.start, (int)one.stop);
        if (pair == NULL || PyList_Append(list, pair) < 0)
            Py_CLEAR(list);
        Py_XDECREF(pair);
    }
    return list;
}

PyDoc_STRVAR(highlights_doc,
"highlights(rows, of, first, last, starts, stops, /)\n--\n\n"
"Return where the words of each of rows stand, as lists of (start, stop) in characters.");

/* HIGHLIGHTS. The occurrences of each of `rows`: their rows are in `of`, the positions of their
tokens in `first` and `last`, and where these begin and end in `starts` and `stops`. The same as
`SentenceIndex.highlights` without this. */
static PyObject *highlights(PyObject *self, PyObject *args)
{
    enum { ROWS, OF, FIRST, LAST, STARTS, STOPS, VIEWS };
    static const Kind kinds[] = {INT64, INT64, INT64, INT64, INT32, INT32};
    static const char *const names[] = {"rows", "of", "first", "last", "starts", "stops"};
    PyObject *arrays[VIEWS], *result = NULL;
    Py_buffer views[VIEWS] = {{0}};
    Span *spans = NULL;
    (void)self;
    if (!PyArg_ParseTuple(args, "OOOOOO:highlights", &arrays[ROWS], &arrays[OF], &arrays[FIRST],
                          &arrays[LAST], &arrays[STARTS], &arrays[STOPS]))
        return NULL;
    for (int i = 0; i < VIEWS; i++)
        if (to_read(arrays[i], &views[i], kinds[i], names[i]) < 0)
            goto end;
    const int64_t *rows = views[ROWS].buf, *of = views[OF].buf;
    const int64_t *first = views[FIRST].buf, *last = views[LAST].buf;
    const int32_t *starts = views[STARTS].buf, *stops = views[STOPS].buf;
    const Py_ssize_t count = length(&views[OF]), tokens = length(&views[STARTS]);
    if (length(&views[FIRST]) != count || length(&views[LAST]) != count
        || length(&views[STOPS]) != tokens) {
        PyErr_SetString(PyExc_ValueError, "the arrays differ in length");
        goto end;
    }
    spans = malloc((size_t)(count + 1) * sizeof(Span));
    if (spans == NULL) {
        PyErr_NoMemory();
        goto end;
    }
    result = PyList_New(0);
    for (Py_ssize_t row = 0; result != NULL && row < length(&views[ROWS]); row++) {
        Py_ssize_t here = 0;
        /* There are few rows: to look through all occurrences for each takes less than to sort. */
        for (Py_ssize_t i = 0; i < count; i++) {
            if (of[i] != rows[row])
                continue;
            if (first[i] < 0 || first[i] >= tokens || last[i] < 0 || last[i] >= tokens) {
                damaged("a word stands at a position that is not there");
                Py_CLEAR(result);
                goto end;
            }
            spans[here].start = starts[first[i]];
            spans[here++].stop = stops[last[i]];
        }
        PyObject *list = merged(spans, here);
        if (list == NULL || PyList_Append(result, list) < 0)
            Py_CLEAR(result);
        Py_XDECREF(list);
    }
end:
    free(spans);
    release(views, VIEWS);
    return result;
}

/* ------------------------------------------------------------------------------------ phrases -- */

/* Return where `number` stands or would stand in what ascends from `begin` to `end`. It is looked for
from `begin` in steps that double, as the next number of a sequence mostly stands near the last one. */
static Py_ssize_t next_place(const int32_t *ascending, Py_ssize_t begin, Py_ssize_t end,
                             int64_t number)
{
    Py_ssize_t step = 1;
    while (step < end - begin && ascending[begin + step] < number) {
        begin += step;
        step *= 2;
    }
    return place_of(ascending, begin, step < end - begin ? begin + step : end, number);
}

/* Return the paragraph, from `begin` on, that has the token at `position`: the first of those that
end behind it. `ends` ascend. It is looked for as above. */
static Py_ssize_t paragraph_at(const int64_t *ends, Py_ssize_t begin, Py_ssize_t count,
                               int64_t position)
{
    Py_ssize_t step = 1;
    while (step < count - begin && ends[begin + step] <= position) {
        begin += step;
        step *= 2;
    }
    Py_ssize_t end = step < count - begin ? begin + step : count;
    while (begin < end) {
        const Py_ssize_t middle = begin + (end - begin) / 2;
        if (ends[middle] <= position)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}

PyDoc_STRVAR(having_doc,
"having(positions, terms, ends, /)\n--\n\n"
"Return the paragraphs in which the terms stand side by side, ascending, as int64.");

/* HAVING. `terms` are slices of `positions`, one for each term of a phrase in order, which ascend in
each; the tokens of a paragraph end before the position that `ends` has for it. The same as
`PostingsBM25.having` by NumPy: of each position of the rarest term it is looked up whether the
others stand beside it. */
static PyObject *having(PyObject *self, PyObject *args)
{
    PyObject *arrays[2], *terms, *result = NULL;
    Py_buffer views[2] = {{0}};
    Py_ssize_t count = 0, found = 0;
    Line *lines = NULL;
    Py_ssize_t *from = NULL;
    int64_t *numbers = NULL;
    (void)self;
    if (!PyArg_ParseTuple(args, "OOO:having", &arrays[0], &terms, &arrays[1]))
        return NULL;
    if (to_read(arrays[0], &views[0], INT32, "positions") < 0
        || to_read(arrays[1], &views[1], INT64, "ends") < 0)
        goto end;
    const int32_t *positions = views[0].buf;
    const int64_t *ends = views[1].buf;
    lines = lines_of(terms, &count, length(&views[0]));
    if (lines == NULL)
        goto end;
    Py_ssize_t rarest = 0;
    for (Py_ssize_t term = 1; term < count; term++)
        if (lines[term].stop - lines[term].start < lines[rarest].stop - lines[rarest].start)
            rarest = term;
    const Py_ssize_t most = count ? lines[rarest].stop - lines[rarest].start : 0;
    from = malloc((size_t)(count + 1) * sizeof(Py_ssize_t));
    numbers = malloc((size_t)(most + 1) * sizeof(int64_t));
    if (from == NULL || numbers == NULL) {
        PyErr_NoMemory();
        goto end;
    }
    for (Py_ssize_t term = 0; term < count; term++)
        from[term] = lines[term].start;
    const Py_ssize_t record = length(&views[1]);
    Py_ssize_t paragraph = 0;
    for (Py_ssize_t i = 0; i < most; i++) {
        const int64_t start = (int64_t)positions[lines[rarest].start + i] - rarest;
        int here = start >= 0;
        for (Py_ssize_t term = 0; here && term < count; term++) {
            if (term == rarest)
                continue;
            /* Where the others are looked for never goes back, as the positions ascend. */
            from[term] = next_place(positions, from[term], lines[term].stop, start + term);
            here = from[term] < lines[term].stop && positions[from[term]] == start + term;
        }
        if (!here)
            continue;
        paragraph = paragraph_at(ends, paragraph, record, start);
        /* Not where the phrase ends in the next paragraph; and each paragraph once. */
        if (paragraph < record && start + count - 1 < ends[paragraph]
            && (found == 0 || numbers[found - 1] != paragraph))
            numbers[found++] = paragraph;
    }
    result = PyByteArray_FromStringAndSize((const char *)numbers,
                                           found * (Py_ssize_t)sizeof(int64_t));
end:
    free(numbers);
    free(from);
    free(lines);
    release(views, 2);
    return result;
}

/* ------------------------------------------------------------------------------------- module -- */

static PyMethodDef METHODS[] = {
    {"accumulate", accumulate, METH_VARARGS, accumulate_doc},
    {"best", best, METH_VARARGS, best_doc},
    {"clear", clear, METH_VARARGS, clear_doc},
    {"compare", compare, METH_VARARGS, compare_doc},
    {"having", having, METH_VARARGS, having_doc},
    {"highlights", highlights, METH_VARARGS, highlights_doc},
    {"parts", parts, METH_VARARGS, parts_doc},
    {NULL, NULL, 0, NULL},
};

/* Raised whenever a function changes what it takes or returns: kernel.py does not use a build of
another version, as is left where this file has changed and nothing was built anew. */
#define VERSION 4

static int add_version(PyObject *module)
{
    return PyModule_AddIntConstant(module, "VERSION", VERSION);
}

static PyModuleDef_Slot SLOTS[] = {{Py_mod_exec, add_version}, {0, NULL}};

static struct PyModuleDef MODULE = {
    PyModuleDef_HEAD_INIT, "index.postings._kernel", "The inner loops of a ranking.", 0,
    METHODS, SLOTS, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__kernel(void)
{
    return PyModuleDef_Init(&MODULE);
}
