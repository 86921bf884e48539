// SPDX-License-Identifier: MIT
/*
 * Eight threads change one address space at once, each within a slice of its own: it maps, unmaps,
 * protects, writes, drops and moves pages at random, forks children that look and write, and keeps
 * a model of what its slice has to be. Behind each slice is a shelf as long, for moving. The kernel
 * joins and cuts mappings all the time; the children share pages with everybody.
 *
 *	model of a page		reading			writing
 *	GONE			SIGSEGV			SIGSEGV
 *	READ_ONLY, value	the value		SIGSEGV
 *	WRITABLE, value		the value		the model changes
 *
 * A thread checks its whole slice after each step, and each child its parent's: at fork the thread
 * stands still, so the model is the child's, too. The seed is printed; STORM_SEED= repeats it, as
 * far as eight threads can be repeated. STORM_STEPS= makes it longer.
 */

#include "memory.h"

#include <pthread.h>
#include <time.h>

#define THREADS	8
#define PAGES	48

enum state { GONE, READ_ONLY, WRITABLE };

struct slice {
	char *base;
	unsigned int random, nr;
	struct {
		enum state state;
		char value;
	} page[PAGES];
};

static unsigned int steps;
static struct slice slices[THREADS];

static unsigned int draw(struct slice *s, unsigned int below)
{
	s->random = s->random * 1103515245 + 12345;
	return (s->random >> 16) % below;
}

/* NULL if the slice is as the model says; else what differs. */
static const char *difference(struct slice *s)
{
	int i;

	for (i = 0; i < PAGES; i++) {
		int got = read_at(s->base + i * PG);

		if (s->page[i].state == GONE) {
			if (got != SIGSEGV)
				return "an unmapped page can be read";
			continue;
		}
		if (got)
			return "a mapped page can't be read";
		if (s->base[i * PG] != s->page[i].value)
			return "a page has another value";
		if (s->page[i].state == READ_ONLY && !(i & 7) &&
		    write_at(s->base + i * PG, 99) != SIGSEGV)
			return "a read-only page can be written";
	}
	return NULL;
}

static void note(struct slice *s, unsigned int first, unsigned int n, enum state state)
{
	for (; n--; first++) {
		/* What was not there begins with zeroes. */
		if (s->page[first].state == GONE)
			s->page[first].value = 0;
		s->page[first].state = state;
	}
}

static int all_there(struct slice *s, unsigned int first, unsigned int n)
{
	while (n--)
		if (s->page[first++].state == GONE)
			return 0;
	return 1;
}

static void step_map(struct slice *s, unsigned int first, unsigned int n)
{
	void *p = mmap(s->base + first * PG, n * PG, RW, ANON | MAP_FIXED, -1, 0);

	CHECK(p == s->base + first * PG);
	note(s, first, n, GONE);
	note(s, first, n, WRITABLE);
}

static void step_unmap(struct slice *s, unsigned int first, unsigned int n)
{
	CHECK_EQ(munmap(s->base + first * PG, n * PG), 0);
	/* Hold the place: nothing of the C library's may come there. */
	CHECK(mmap(s->base + first * PG, n * PG, PROT_NONE, ANON | MAP_FIXED, -1, 0) != MAP_FAILED);
	note(s, first, n, GONE);
}

static void step_protect(struct slice *s, unsigned int first, unsigned int n)
{
	int writable = draw(s, 2);

	if (!all_there(s, first, n))
		return;
	CHECK_EQ(mprotect(s->base + first * PG, n * PG, writable ? RW : PROT_READ), 0);
	note(s, first, n, writable ? WRITABLE : READ_ONLY);
}

static void step_write(struct slice *s, unsigned int first, unsigned int n)
{
	for (; n--; first++) {
		char value = draw(s, 127) + 1;
		int got = write_at(s->base + first * PG, value);

		CHECK_EQ(got, s->page[first].state == WRITABLE ? 0 : SIGSEGV);
		if (!got)
			s->page[first].value = value;
	}
}

static void step_drop(struct slice *s, unsigned int first, unsigned int n)
{
	CHECK_EQ(madvise(s->base + first * PG, n * PG, MADV_DONTNEED), 0);
	for (; n--; first++)
		s->page[first].value = 0;
}

/*
 * To the shelf and back: the pages have to survive both ways. The place is our own, since one that
 * the kernel chose could be a hole that another thread has just made, and fills again.
 */
static void step_move(struct slice *s, unsigned int first, unsigned int n)
{
	char *from = s->base + first * PG, *shelf = s->base + PAGES * PG;
	unsigned int i;

	for (i = first; i < first + n; i++)
		if (s->page[i].state != WRITABLE)
			return;
	/* One mapping: mremap() takes no more. */
	CHECK_EQ(mprotect(from, n * PG, RW), 0);
	if (mremap(from, n * PG, n * PG, MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP,
		   shelf) == MAP_FAILED) {
		CHECK_EQ(errno, EFAULT);	/* it was never one mapping */
	} else {
		CHECK(mremap(shelf, n * PG, n * PG, MREMAP_MAYMOVE | MREMAP_FIXED, from) == from);
	}
	CHECK(mmap(shelf, n * PG, PROT_NONE, ANON | MAP_FIXED, -1, 0) == shelf);
}

static void step_fork(struct slice *s, unsigned int first, unsigned int n)
{
	pid_t pid = fork();

	if (!pid) {
		if (difference(s))
			_exit(1);
		for (; n--; first++)
			if (s->page[first].state == WRITABLE)
				s->base[first * PG] = -1;
		_exit(0);
	}
	CHECK(pid > 0);
	CHECK_EQ(end_of(pid), 0);
}

static void *storm(void *arg)
{
	static void (*const kinds[])(struct slice *, unsigned int, unsigned int) = {
		step_map, step_unmap, step_protect, step_write, step_write, step_drop, step_move,
		step_fork,
	};
	struct slice *s = arg;
	unsigned int i;

	for (i = 0; i < steps; i++) {
		unsigned int first = draw(s, PAGES), n = 1 + draw(s, PAGES - first);
		unsigned int kind = draw(s, sizeof(kinds) / sizeof(kinds[0]));
		const char *what;

		kinds[kind](s, first, n);
		what = difference(s);
		if (what) {
			printf("# thread %u, step %u of kind %u at %u, %u pages: %s\n", s->nr, i,
			       kind, first, n, what);
			fflush(stdout);
			_exit(EXIT_FAIL);
		}
	}
	return NULL;
}

static void eight_threads_and_their_children_see_what_they_should(void)
{
	char *base = map(THREADS * 2 * PAGES * PG, PROT_NONE, ANON, -1);
	const char *seed = getenv("STORM_SEED");
	unsigned int start = seed ? strtoul(seed, NULL, 0) : (unsigned int)time(NULL) ^ getpid();
	pthread_t threads[THREADS];
	unsigned int i;

	steps = parameter("STORM_STEPS", rounds(250));
	printf("# seed %u\n", start);
	fflush(stdout);
	catch_faults();
	for (i = 0; i < THREADS; i++) {
		slices[i].base = base + i * 2 * PAGES * PG;
		slices[i].nr = i;
		slices[i].random = start + i * 7919;
	}
	for (i = 0; i < THREADS; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, storm, &slices[i]), 0);
	for (i = 0; i < THREADS; i++)
		CHECK_EQ(pthread_join(threads[i], NULL), 0);
}

TESTS(
	TEST(eight_threads_and_their_children_see_what_they_should),
)
