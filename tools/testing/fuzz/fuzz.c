// SPDX-License-Identifier: MIT
/*
 * Seeded mutation of firmware tables, on the host, under the compiler's sanitizers.
 *
 *	fuzz [-n runs] [-s seed] [-t target] [-f file]... [-1]
 *
 * For each run: take a seed of the target, mutate it a few times, hand it to the parser in a
 * buffer of exactly its size.  Everything follows from the seed, which is printed, so a failure
 * can be repeated: `fuzz -t fdt -s SEED -n RUN`.  -f adds a file to the seeds (a device tree
 * that QEMU wrote, say).  The unmutated seeds are run first and must be accepted.
 *
 * A parser that doesn't come to an end is caught by an alarm; -1 runs with the bounds check of
 * the tables deliberately lifted, to prove that this program can fail.
 */
#include "fuzz.h"

#include <getopt.h>
#include <signal.h>
#include <unistd.h>

#define STEP_LIMIT_S	20

char fuzz_log[512];
bool fuzz_plant_bug;

static const struct fuzz_target *const targets[] = {
	&fdt_target, &multiboot2_target, &pvh_target, &acpi_target, &inflate_target,
	&zstd_target, &cpio_target, &elf_target,
};

static u64 random_state;
static u64 start_seed;
static const char *running = "?";
static unsigned long run_number;

u32 fuzz_random(void)
{
	/* xorshift64*: small, and the same everywhere. */
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return (random_state * 0x2545f4914f6cdd1dULL) >> 32;
}

static u32 below(u32 n)
{
	return n ? fuzz_random() % n : 0;
}

void fuzz_fail(const char *what)
{
	fprintf(stderr, "fuzz: %s: %s (seed %llu, run %lu)\n", running, what, start_seed,
		run_number);
	abort();
}

static void too_long(int sig)
{
	(void)sig;
	fuzz_fail("no end within the time limit");
}

static u32 interesting(void)
{
	static const u32 values[] = {
		0, 1, 2, 4, 7, 8, 16, 0x7f, 0x80, 0xff, 0x100, 0xfff, 0x1000, 0x7fff, 0x8000,
		0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffff0, 0xfffffffe, 0xffffffff,
	};

	return values[below(sizeof(values) / sizeof(values[0]))];
}

static void put32(u8 *p, u32 value, bool big)
{
	int i;

	for (i = 0; i < 4; i++)
		p[i] = value >> (big ? 24 - 8 * i : 8 * i);
}

/* One change; may change the size, within the buffer's @room. */
static size_t mutate_once(u8 *p, size_t size, size_t room)
{
	size_t at = below(size), from = below(size), n;

	if (!size)
		return 0;
	switch (below(9)) {
	case 0:
		p[at] ^= 1u << below(8);
		return size;
	case 1:
		p[at] = fuzz_random();
		return size;
	case 2:
		p[at] = interesting();
		return size;
	case 3:
	case 4:
		/* Lengths and offsets stand on four-byte borders mostly. */
		at &= ~(size_t)3;
		if (size - at >= 4)
			put32(p + at, below(2) ? interesting() : below(size + 16), below(2));
		return size;
	case 5:
		n = below(32) + 1;
		if (n <= size - at && n <= size - from)
			memmove(p + at, p + from, n);
		return size;
	case 6:
		return below(4) ? size : at;	/* cut off */
	case 7:
		n = below(64);
		if (n <= size - at) {
			memmove(p + at, p + at + n, size - at - n);
			return size - n;
		}
		return size;
	default:
		n = below(64);
		if (size + n <= room) {
			memmove(p + at + n, p + at, size - at);
			return size + n;
		}
		return size;
	}
}

static bool run_in_exact_buffer(const struct fuzz_target *t, const u8 *data, size_t size)
{
	u8 *copy = malloc(size ? size : 1);
	bool accepted;

	memcpy(copy, data, size);
	accepted = t->run(copy, size);
	free(copy);
	return accepted;
}

static void fuzz_one_target(const struct fuzz_target *t, struct fuzz_seed *seeds, int nr,
			    unsigned long runs)
{
	static u8 buffer[FUZZ_MAX_SIZE];
	unsigned long accepted = 0;
	int i, changes;
	size_t size;

	running = t->name;
	run_number = 0;
	for (i = 0; i < nr; i++) {
		alarm(STEP_LIMIT_S);
		if (!run_in_exact_buffer(t, seeds[i].data, seeds[i].size))
			fuzz_fail("an unchanged seed was refused");
	}
	random_state = 2 * start_seed + 1;
	for (run_number = 1; run_number <= runs; run_number++) {
		const struct fuzz_seed *seed = &seeds[below(nr)];

		size = seed->size;
		memcpy(buffer, seed->data, size);
		for (changes = below(8) + 1; changes; changes--)
			size = mutate_once(buffer, size, sizeof(buffer));
		if (t->repair && below(10) < 8)
			t->repair(buffer, size);
		if (run_number % 64 == 1)
			alarm(STEP_LIMIT_S);
		accepted += run_in_exact_buffer(t, buffer, size);
	}
	alarm(0);
	printf("ok - %s: %lu mutations of %d seeds, %lu still accepted\n", t->name, runs, nr,
	       accepted);
	fflush(stdout);
}

static void add_file(const char *path, struct fuzz_seed *seeds, int *nr)
{
	FILE *f = fopen(path, "rb");
	struct fuzz_seed *seed = &seeds[*nr];

	if (!f || *nr == FUZZ_MAX_SEEDS) {
		perror(path);
		exit(2);
	}
	seed->data = malloc(FUZZ_MAX_SIZE);
	seed->size = fdt_trim(seed->data, fread(seed->data, 1, FUZZ_MAX_SIZE, f));
	fclose(f);
	(*nr)++;
}

int main(int argc, char **argv)
{
	struct fuzz_seed files[FUZZ_MAX_SEEDS];
	const char *only = NULL;
	unsigned long runs = 20000;
	int opt, i, j, nr_files = 0, found = 0;

	start_seed = 1;
	while ((opt = getopt(argc, argv, "n:s:t:f:1")) != -1) {
		switch (opt) {
		case 'n':
			runs = strtoul(optarg, NULL, 0);
			break;
		case 's':
			start_seed = strtoull(optarg, NULL, 0);
			break;
		case 't':
			only = optarg;
			break;
		case 'f':
			add_file(optarg, files, &nr_files);
			break;
		case '1':
			fuzz_plant_bug = true;
			break;
		default:
			return 2;
		}
	}
	signal(SIGALRM, too_long);
	printf("seed %llu\n", start_seed);
	for (i = 0; i < (int)(sizeof(targets) / sizeof(targets[0])); i++) {
		struct fuzz_seed seeds[2 * FUZZ_MAX_SEEDS];
		int nr;

		if (only && strcmp(only, targets[i]->name))
			continue;
		found++;
		nr = targets[i]->make_seeds(seeds);
		/* Files are device trees. */
		for (j = 0; targets[i] == &fdt_target && j < nr_files; j++)
			seeds[nr++] = files[j];
		fuzz_one_target(targets[i], seeds, nr, runs);
		for (j = 0; j < nr; j++)
			free(seeds[j].data);
	}
	return found ? 0 : 2;
}
