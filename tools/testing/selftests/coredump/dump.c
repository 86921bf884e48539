// SPDX-License-Identifier: MIT
/* Core dumps: is there one, and does it say what the process was? */

#include <elf.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/procfs.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "../kselftest.h"

static char dir[] = "/tmp/core-XXXXXX";
static volatile unsigned long marker = 0x600dc0de600dc0de;

/* The file that the pattern "core" makes in the directory of @pid, mapped by reading. */
static unsigned char *core;
static size_t core_size;

static void go_to_dir(void)
{
	struct rlimit lim = { RLIM_INFINITY, RLIM_INFINITY };
	char pattern[128] = "core\n";
	FILE *f = fopen("/proc/sys/kernel/core_pattern", "r");

	if (f) {
		fgets(pattern, sizeof(pattern), f);
		fclose(f);
	}
	if (strcmp(pattern, "core\n"))
		SKIP("core_pattern is not \"core\"");
	mkdir("/tmp", 01777);
	CHECK(mkdtemp(dir));
	CHECK_EQ(chdir(dir), 0);
	CHECK_EQ(setrlimit(RLIMIT_CORE, &lim), 0);
}

static int find_core(pid_t pid)
{
	char with_pid[32];
	struct stat st;
	int fd;

	snprintf(with_pid, sizeof(with_pid), "core.%d", pid);
	fd = open("core", O_RDONLY);
	if (fd < 0)
		fd = open(with_pid, O_RDONLY);
	if (fd < 0)
		return -1;
	CHECK_EQ(fstat(fd, &st), 0);
	core_size = st.st_size;
	core = malloc(core_size);
	CHECK_EQ(read(fd, core, core_size), core_size);
	close(fd);
	unlink("core");
	unlink(with_pid);
	return 0;
}

static Elf64_Phdr *phdr(int i)
{
	Elf64_Ehdr *eh = (Elf64_Ehdr *)core;

	return (Elf64_Phdr *)(core + eh->e_phoff) + i;
}

/* The @nth note of a type; NULL. */
static void *note(unsigned int type, int nth, size_t *size)
{
	unsigned char *p = core + phdr(0)->p_offset, *end = p + phdr(0)->p_filesz;

	while (p + sizeof(Elf64_Nhdr) <= end) {
		Elf64_Nhdr *nh = (Elf64_Nhdr *)p;
		unsigned char *desc = p + sizeof(*nh) + ((nh->n_namesz + 3) & ~3);

		if (nh->n_type == type && nth-- == 0) {
			*size = nh->n_descsz;
			return desc;
		}
		p = desc + ((nh->n_descsz + 3) & ~3);
	}
	return NULL;
}

/* The word at an address of the dead process. */
static unsigned long *memory(unsigned long addr)
{
	Elf64_Ehdr *eh = (Elf64_Ehdr *)core;
	int i;

	for (i = 1; i < eh->e_phnum; i++) {
		Elf64_Phdr *ph = phdr(i);

		if (ph->p_type == PT_LOAD && addr >= ph->p_vaddr &&
		    addr + 8 <= ph->p_vaddr + ph->p_filesz)
			return (unsigned long *)(core + ph->p_offset + (addr - ph->p_vaddr));
	}
	return NULL;
}

static int dump_by(void (*fn)(void), pid_t *pidp)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		fn();
		_exit(0);
	}
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	*pidp = pid;
	return status;
}

static void abort_with_marker(void)
{
	marker++;
	abort();
}

static void the_dump_says_what_died_and_why(void)
{
	struct elf_prstatus *prstatus;
	struct elf_prpsinfo *psinfo;
	siginfo_t *info;
	Elf64_Ehdr *eh;
	size_t size;
	pid_t pid;
	int status;

	go_to_dir();
	status = dump_by(abort_with_marker, &pid);
	CHECK_EQ(WTERMSIG(status), SIGABRT);
	CHECK(WCOREDUMP(status));
	CHECK_EQ(find_core(pid), 0);
	eh = (Elf64_Ehdr *)core;
	CHECK(!memcmp(eh->e_ident, ELFMAG, SELFMAG));
	CHECK_EQ(eh->e_type, ET_CORE);
	CHECK_EQ(phdr(0)->p_type, PT_NOTE);

	prstatus = note(NT_PRSTATUS, 0, &size);
	CHECK(prstatus);
	CHECK_EQ(size, sizeof(*prstatus));
	CHECK_EQ(prstatus->pr_pid, pid);
	CHECK_EQ(prstatus->pr_ppid, getpid());
	CHECK_EQ(prstatus->pr_cursig, SIGABRT);
	CHECK(!note(NT_PRSTATUS, 1, &size));
	psinfo = note(NT_PRPSINFO, 0, &size);
	CHECK(psinfo);
	CHECK_EQ(size, sizeof(*psinfo));
	CHECK_EQ(psinfo->pr_pid, pid);
	CHECK(!strncmp(psinfo->pr_fname, "dump", 4));
	info = note(NT_SIGINFO, 0, &size);
	CHECK(info);
	CHECK_EQ(size, sizeof(*info));
	CHECK_EQ(info->si_signo, SIGABRT);
	CHECK_EQ(info->si_code, SI_TKILL);
	CHECK(note(NT_AUXV, 0, &size));
	CHECK(note(NT_FILE, 0, &size));
	CHECK(note(NT_PRFPREG, 0, &size));

	CHECK(memory((unsigned long)&marker));
	CHECK_EQ(*memory((unsigned long)&marker), 0x600dc0de600dc0df);
	/* What the stack pointer points to is there too. */
#if defined(__x86_64__)
	CHECK(memory(((unsigned long *)prstatus->pr_reg)[19]));
#else
	CHECK(memory(((unsigned long *)prstatus->pr_reg)[31]));
#endif
}

static void *pause_in_thread(void *arg)
{
	(void)arg;
	for (;;)
		pause();
	return NULL;
}

#define THREADS	7

static void abort_with_threads(void)
{
	pthread_t t;
	int i;

	for (i = 0; i < THREADS; i++)
		pthread_create(&t, NULL, pause_in_thread, NULL);
	abort();
}

static void every_thread_is_in_it(void)
{
	struct elf_prstatus *first, *p;
	size_t size;
	pid_t pid;
	int status, i;

	go_to_dir();
	status = dump_by(abort_with_threads, &pid);
	CHECK(WCOREDUMP(status));
	CHECK_EQ(find_core(pid), 0);
	first = note(NT_PRSTATUS, 0, &size);
	CHECK_EQ(first->pr_pid, pid);
	for (i = 1; i <= THREADS; i++) {
		p = note(NT_PRSTATUS, i, &size);
		CHECK(p);
		CHECK(p->pr_pid != pid);
		CHECK(note(NT_PRFPREG, i, &size));
	}
	CHECK(!note(NT_PRSTATUS, THREADS + 1, &size));
}

static void segv(void)
{
	volatile int *volatile nowhere = (int *)16;

	*nowhere = 1;
}

static void a_fault_says_where(void)
{
	siginfo_t *info;
	size_t size;
	pid_t pid;

	go_to_dir();
	CHECK(WCOREDUMP(dump_by(segv, &pid)));
	CHECK_EQ(find_core(pid), 0);
	info = note(NT_SIGINFO, 0, &size);
	CHECK_EQ(info->si_signo, SIGSEGV);
	CHECK_EQ((unsigned long)info->si_addr, 16);
}

static void abort_without_limit(void)
{
	struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	abort();
}

static void abort_undumpable(void)
{
	prctl(PR_SET_DUMPABLE, 0);
	abort();
}

static void terminate(void)
{
	raise(SIGTERM);
}

static void there_is_none_without_leave(void)
{
	pid_t pid;

	go_to_dir();
	CHECK(!WCOREDUMP(dump_by(abort_without_limit, &pid)));
	CHECK_EQ(find_core(pid), -1);
	CHECK(!WCOREDUMP(dump_by(abort_undumpable, &pid)));
	CHECK_EQ(find_core(pid), -1);
	CHECK(!WCOREDUMP(dump_by(terminate, &pid)));
	CHECK_EQ(find_core(pid), -1);
}

static void somebody_elses_file_is_not_overwritten(void)
{
	char uses_pid = '0';
	pid_t pid;
	int fd;

	go_to_dir();
	fd = open("/proc/sys/kernel/core_uses_pid", O_RDONLY);
	if (fd >= 0)
		read(fd, &uses_pid, 1);
	if (uses_pid != '0')
		SKIP("the name has the pid in it");
	CHECK_EQ(symlink("/tmp/elsewhere", "core"), 0);
	CHECK_EQ(WTERMSIG(dump_by(abort, &pid)), SIGABRT);
	CHECK_EQ(access("/tmp/elsewhere", F_OK), -1);
	unlink("core");
	CHECK_EQ(mkdir("core", 0700), 0);
	CHECK_EQ(WTERMSIG(dump_by(abort, &pid)), SIGABRT);
	CHECK_EQ(rmdir("core"), 0);
}

TESTS(
	TEST(the_dump_says_what_died_and_why),
	TEST(every_thread_is_in_it),
	TEST(a_fault_says_where),
	TEST(there_is_none_without_leave),
	TEST(somebody_elses_file_is_not_overwritten),
)
