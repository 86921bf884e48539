// SPDX-License-Identifier: MIT
/*
 * Broken programs: each field of a program's headers gets wrong values, one at a time, and then
 * some thousand files get several at once.
 *
 * The program is as small as one can be: code that exits with 42, a page of data with memory behind
 * it that no file fills. What becomes of each mutant is one word:
 *
 *	x42		it runs all the same		e8	execve() fails with errno 8
 *	s9		killed		s	by its own fault: SIGSEGV, SIGBUS, SIGILL or
 *					SIGTRAP; which is the machine's affair
 *
 * broken_elf.expected.h has the words that Linux answers ("broken_elf --print" makes it there). A
 * mutant that survives by luck runs into the bytes that fill the file, which are no instruction, or
 * out of its CPU time.
 *
 * The random ones have no expectation but this: each ends, one way or another.
 */

#include "../kselftest.h"

#include <elf.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>

#define MUTANT	"/tmp/mutant"
#define BASE	0x10000000UL
#define NPHDRS	3

#if defined(__x86_64__)
#define MACHINE		EM_X86_64
static const unsigned char code[] = { 0xb8, 60, 0, 0, 0, 0xbf, 42, 0, 0, 0, 0x0f, 0x05 };
#else
#define MACHINE		EM_AARCH64
static const unsigned char code[] = { 0xa8, 0x0b, 0x80, 0xd2, 0x40, 0x05, 0x80, 0xd2, 0x01, 0, 0,
				      0xd4 };
#endif

#define TRAP	0xff	/* no instruction of either machine, and no end of a string */

struct image {
	Elf64_Ehdr ehdr;
	Elf64_Phdr phdrs[NPHDRS];
	unsigned char text[0x2000 - sizeof(Elf64_Ehdr) - NPHDRS * sizeof(Elf64_Phdr)];
};

#define TEXT	0x800	/* of the code in the file */

static void make_program(struct image *p, const char *interpreter)
{
	unsigned char *bytes = (unsigned char *)p;

	memset(p, TRAP, sizeof(*p));
	memset(p, 0, sizeof(p->ehdr) + sizeof(p->phdrs));
	memcpy(bytes + TEXT, code, sizeof(code));
	memcpy(p->ehdr.e_ident, ELFMAG, SELFMAG);
	p->ehdr.e_ident[EI_CLASS] = ELFCLASS64;
	p->ehdr.e_ident[EI_DATA] = ELFDATA2LSB;
	p->ehdr.e_ident[EI_VERSION] = EV_CURRENT;
	p->ehdr.e_type = ET_EXEC;
	p->ehdr.e_machine = MACHINE;
	p->ehdr.e_version = EV_CURRENT;
	p->ehdr.e_entry = BASE + TEXT;
	p->ehdr.e_phoff = offsetof(struct image, phdrs);
	p->ehdr.e_ehsize = sizeof(Elf64_Ehdr);
	p->ehdr.e_phentsize = sizeof(Elf64_Phdr);
	p->ehdr.e_phnum = NPHDRS;
	p->phdrs[0] = (Elf64_Phdr) { .p_type = PT_LOAD, .p_flags = PF_R | PF_X, .p_vaddr = BASE,
				     .p_paddr = BASE, .p_filesz = 0x1000, .p_memsz = 0x1000,
				     .p_align = 0x1000 };
	p->phdrs[1] = (Elf64_Phdr) { .p_type = PT_LOAD, .p_flags = PF_R | PF_W, .p_offset = 0x1000,
				     .p_vaddr = BASE + 0x1000, .p_paddr = BASE + 0x1000,
				     .p_filesz = 0x1000, .p_memsz = 0x3000, .p_align = 0x1000 };
	p->phdrs[2] = (Elf64_Phdr) { .p_type = PT_GNU_STACK, .p_flags = PF_R | PF_W,
				     .p_align = 16 };
	if (!interpreter)
		return;
	p->phdrs[2] = (Elf64_Phdr) { .p_type = PT_INTERP, .p_flags = PF_R, .p_offset = 0xc00,
				     .p_filesz = strlen(interpreter) + 1,
				     .p_memsz = strlen(interpreter) + 1 };
	memcpy(bytes + 0xc00, interpreter, strlen(interpreter) + 1);
}

static void write_program(const char *name, const void *p, size_t size)
{
	int fd;

	unlink(name);
	fd = open(name, O_WRONLY | O_CREAT | O_EXCL, 0700);
	CHECK(fd >= 0);
	CHECK_EQ(write(fd, p, size), (ssize_t)size);
	CHECK_EQ(close(fd), 0);
}

static void child_of_mutant(int told)
{
	struct rlimit cpu = { 2, 2 }, none = { 0, 0 };
	int err;

	setrlimit(RLIMIT_CPU, &cpu);
	setrlimit(RLIMIT_CORE, &none);
	execl(MUTANT, "mutant", (char *)NULL);
	err = errno;
	write(told, &err, sizeof(err));
	_exit(0);
}

static bool is_fault(int status)
{
	int sig = WIFSIGNALED(status) ? WTERMSIG(status) : 0;

	return sig == SIGSEGV || sig == SIGBUS || sig == SIGILL || sig == SIGTRAP;
}

/* What becomes of the program in MUTANT: see above. */
static const char *outcome(void)
{
	static char word[16];
	int pair[2], err = 0, status;
	pid_t pid;

	CHECK_EQ(pipe2(pair, O_CLOEXEC), 0);
	pid = fork();
	if (!pid)
		child_of_mutant(pair[1]);
	CHECK(pid > 0);
	close(pair[1]);
	if (read(pair[0], &err, sizeof(err)) != sizeof(err))
		err = 0;
	close(pair[0]);
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	if (err)
		snprintf(word, sizeof(word), "e%d", err);
	else if (is_fault(status))
		strcpy(word, "s");
	else if (WIFSIGNALED(status))
		snprintf(word, sizeof(word), "s%d", WTERMSIG(status));
	else
		snprintf(word, sizeof(word), "x%d", WEXITSTATUS(status));
	return word;
}

/* --- one field, one value --- */

struct field {
	const char *name;
	unsigned short offset, size;
};

#define EHDR(f)		{ #f, offsetof(Elf64_Ehdr, f), sizeof(((Elf64_Ehdr *)0)->f) }
#define PHDR(n, f) \
	{ #n "." #f, offsetof(struct image, phdrs[n].f), sizeof(((Elf64_Phdr *)0)->f) }
#define PHDRS(n)	PHDR(n, p_type), PHDR(n, p_flags), PHDR(n, p_offset), PHDR(n, p_vaddr), \
			PHDR(n, p_paddr), PHDR(n, p_filesz), PHDR(n, p_memsz), PHDR(n, p_align)

static const struct field fields[] = {
	{ "magic0", 0, 1 }, { "magic3", 3, 1 }, { "class", EI_CLASS, 1 }, { "data", EI_DATA, 1 },
	{ "version", EI_VERSION, 1 }, { "osabi", EI_OSABI, 1 }, { "pad", 12, 1 },
	EHDR(e_type), EHDR(e_machine), EHDR(e_version), EHDR(e_entry), EHDR(e_phoff), EHDR(e_shoff),
	EHDR(e_flags),
	EHDR(e_ehsize), EHDR(e_phentsize), EHDR(e_phnum), EHDR(e_shentsize), EHDR(e_shnum),
	EHDR(e_shstrndx),
	PHDRS(0), PHDRS(1), PHDRS(2),
};

#define NR_FIELDS	(sizeof(fields) / sizeof(fields[0]))
#define NR_VALUES	18

/* The @n-th wrong value for a field that holds @old. */
static uint64_t wrong_value(uint64_t old, unsigned int n)
{
	const uint64_t values[NR_VALUES] = {
		0, 1, 2, 3, old - 1, old + 1, old + 0x1000, old - 0x1000, 0x7f, 0xff, 0x7fff,
		0xffff, 0x3ffffff,
		0x7ffffff, 1UL << 40, INT64_MAX, 1UL << 63, -1UL,
	};

	return values[n];
}

static void set_field(struct image *p, const struct field *f, uint64_t value)
{
	memcpy((char *)p + f->offset, &value, f->size);
}

static uint64_t get_field(const struct image *p, const struct field *f)
{
	uint64_t value = 0;

	memcpy(&value, (const char *)p + f->offset, f->size);
	return value;
}

/*
 * The words of all values; in slow builds of a third of them, of others for the next field, and "-"
 * for the rest.
 */
static void field_outcomes(const struct field *f, const char *interpreter, char *line)
{
	unsigned int every = rounds(100) < 100 ? 3 : 1;
	struct image image;

	line[0] = 0;
	for (unsigned int n = 0; n < NR_VALUES; n++) {
		if ((n + (f - fields)) % every) {
			strcat(line, "-");
		} else {
			make_program(&image, interpreter);
			set_field(&image, f, wrong_value(get_field(&image, f), n));
			write_program(MUTANT, &image, sizeof(image));
			strcat(line, outcome());
		}
		strcat(line, n + 1 < NR_VALUES ? " " : "");
	}
}

static const char *const expected[NR_FIELDS + 8] = {
#include "broken_elf.expected.h"
};

/* Linux finds some faults only when the old program is gone, and kills; to refuse is as good. */
static bool is_as_good(const char *got, const char *want)
{
	static const char *const refusals[] = { "e8", "e12", "e22" };

	if (!strcmp(got, want))
		return true;
	for (int i = 0; i < 3; i++)
		if (!strcmp(want, "s") && !strcmp(got, refusals[i]))
			return true;
	return false;
}

static void compare(const char *name, const char *line, const char *want, unsigned int *wrong)
{
	const char *got_at = line, *want_at = want;
	char got_word[8], want_word[8];
	int n;

	while (sscanf(got_at, "%7s%n", got_word, &n) == 1) {
		got_at += n;
		if (sscanf(want_at, "%7s%n", want_word, &n) == 1)
			want_at += n;
		if (!strcmp(got_word, "-") || is_as_good(got_word, want_word))
			continue;
		printf("# %s: %s\n# on Linux: %s\n", name, line, want);
		++*wrong;
		return;
	}
}

static void each_header_field_is_checked_as_on_linux(void)
{
	unsigned int wrong = 0;
	char line[NR_VALUES * 8];

	for (unsigned int i = 0; i < NR_FIELDS; i++) {
		field_outcomes(&fields[i], NULL, line);
		compare(fields[i].name, line, expected[i] ? expected[i] : "nothing", &wrong);
	}
	fflush(stdout);
	CHECK_EQ(wrong, 0);
}

/* The program header of an interpreter that isn't there. */
static void each_field_of_an_interpreter_is_checked_as_on_linux(void)
{
	unsigned int wrong = 0;
	char line[NR_VALUES * 8];

	for (unsigned int i = 0; i < 8; i++) {
		field_outcomes(&fields[NR_FIELDS - 8 + i], "/nothing/there", line);
		compare(fields[NR_FIELDS - 8 + i].name, line,
			expected[NR_FIELDS + i] ? expected[NR_FIELDS + i] : "nothing", &wrong);
	}
	fflush(stdout);
	CHECK_EQ(wrong, 0);
}

/* --- whole shapes --- */

static const char *outcome_of(const struct image *image, size_t size)
{
	write_program(MUTANT, image, size);
	return outcome();
}

static bool was(const char *got, const char *want)
{
	if (strcmp(got, want))
		printf("# %s, not %s\n", got, want);
	return !strcmp(got, want);
}

static void the_program_as_it_should_be_runs(void)
{
	struct image image;

	make_program(&image, NULL);
	CHECK(was(outcome_of(&image, sizeof(image)), "x42"));
}

static void a_file_cut_short_is_refused(void)
{
	struct image image;

	make_program(&image, NULL);
	CHECK(was(outcome_of(&image, 0), "e8"));
	CHECK(was(outcome_of(&image, 3), "e8"));
	CHECK(was(outcome_of(&image, 63), "e8"));
	CHECK(was(outcome_of(&image, 64), "e8"));
	CHECK(was(outcome_of(&image, 64 + 56), "e8"));
	/* The headers are whole; the code would be behind the file's end. */
	CHECK(was(outcome_of(&image, 64 + 3 * 56), "s"));
}

static void an_interpreter_must_be_a_program(void)
{
	struct image image;

	make_program(&image, "/nothing/there");
	CHECK(was(outcome_of(&image, sizeof(image)), "e2"));
	make_program(&image, "/tmp");
	CHECK(was(outcome_of(&image, sizeof(image)), "e13"));
	write_program("/tmp/text",
		      "just text, long enough to be a header of a program, if it were one....", 70);
	make_program(&image, "/tmp/text");
	CHECK(was(outcome_of(&image, sizeof(image)), "e80"));
	write_program("/tmp/text", "short", 5);
	CHECK(was(outcome(), "e5"));
	unlink("/tmp/text");
}

static void a_name_of_an_interpreter_ends(void)
{
	struct image image;

	make_program(&image, "/nothing/there");
	image.phdrs[2].p_filesz--;		/* its zero byte is outside */
	CHECK(was(outcome_of(&image, sizeof(image)), "e8"));
	image.phdrs[2].p_filesz = 1;
	CHECK(was(outcome_of(&image, sizeof(image)), "e8"));
	image.phdrs[2].p_filesz = 4097;
	CHECK(was(outcome_of(&image, sizeof(image)), "e8"));
}

static void segments_may_overlap(void)
{
	struct image image;

	make_program(&image, NULL);
	image.phdrs[1].p_vaddr = BASE;		/* the data lies over the code */
	image.phdrs[1].p_memsz = image.phdrs[1].p_filesz;
	/* It is the file's second page, full of traps, and not executable. */
	CHECK(was(outcome_of(&image, sizeof(image)), "s"));
	make_program(&image, NULL);
	image.phdrs[1] = image.phdrs[0];	/* the same twice */
	CHECK(was(outcome_of(&image, sizeof(image)), "x42"));
}

static void segments_that_are_everywhere_are_refused(void)
{
	struct image image;

	make_program(&image, NULL);
	image.phdrs[1].p_memsz = 1UL << 46;
	CHECK(outcome_of(&image, sizeof(image))[0] != 'x');
	make_program(&image, NULL);
	image.phdrs[1].p_vaddr = 0xffffffff80000000;
	CHECK(outcome_of(&image, sizeof(image))[0] != 'x');
	make_program(&image, NULL);
	image.phdrs[0].p_vaddr = 0x7ffffffff000;
	CHECK(outcome_of(&image, sizeof(image))[0] != 'x');
	make_program(&image, NULL);
	image.phdrs[1].p_filesz = 0x3000;	/* more file than memory */
	image.phdrs[1].p_memsz = 0x1000;
	CHECK(outcome_of(&image, sizeof(image))[0] != 'x');
}

/* --- at random --- */

static void many_mutations_at_once_end(void)
{
	uint64_t state = 88172645463325252;	/* always the same: what fails fails again */
	struct image image;

	for (int i = 0; i < rounds(1000); i++) {
		make_program(&image, i % 3 ? NULL : "/nothing/there");
		for (int n = 0; n < 1 + i % 4; n++) {
			const struct field *f;

			state ^= state << 13;
			state ^= state >> 7;
			state ^= state << 17;
			f = &fields[state % NR_FIELDS];
			set_field(&image, f, state & 0x1000000 ? state >> 32 :
				  wrong_value(get_field(&image, f), (state >> 40) % NR_VALUES));
		}
		outcome_of(&image, sizeof(image));
	}
	/* And the next good one runs. */
	make_program(&image, NULL);
	CHECK(was(outcome_of(&image, sizeof(image)), "x42"));
}

static void print_expectations(void)
{
	char line[NR_VALUES * 8];

	printf("/* SPDX-License-Identifier: MIT */\n/* What Linux answers; made there by broken_elf --print. */\n");
	for (unsigned int i = 0; i < NR_FIELDS + 8; i++) {
		const struct field *f = &fields[i < NR_FIELDS ? i : i - 8];

		field_outcomes(f, i < NR_FIELDS ? NULL : "/nothing/there", line);
		printf("/* %s%s */ \"%s\",\n", i < NR_FIELDS ? "" : "interpreter ", f->name, line);
	}
}

int main(int argc, char **argv)
{
	static const struct selftest tests[] = {
		TEST(the_program_as_it_should_be_runs),
		TEST(each_header_field_is_checked_as_on_linux),
		TEST(each_field_of_an_interpreter_is_checked_as_on_linux),
		TEST(a_file_cut_short_is_refused),
		TEST(an_interpreter_must_be_a_program),
		TEST(a_name_of_an_interpreter_ends),
		TEST(segments_may_overlap),
		TEST(segments_that_are_everywhere_are_refused),
		TEST(many_mutations_at_once_end),
		{ NULL, NULL },
	};

	if (argc > 1 && !strcmp(argv[1], "--print")) {
		print_expectations();
		return 0;
	}
	return selftest_main(tests);
}
