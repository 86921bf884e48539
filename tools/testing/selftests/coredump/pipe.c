// SPDX-License-Identifier: MIT
/* kernel.core_pattern: names made of % forms, and programs that take the dump (pipe.helper.c). */

#include <elf.h>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>

#include "../kselftest.h"

#define PATTERN		"/proc/sys/kernel/core_pattern"
#define PIPE_LIMIT	"/proc/sys/kernel/core_pipe_limit"
#define USES_PID	"/proc/sys/kernel/core_uses_pid"

static char folder[] = "/tmp/c-XXXXXX";

/* ---- setting up ---- */

static void set(const char *file, const char *text)
{
	int fd = open(file, O_WRONLY | O_TRUNC);

	if (fd < 0)
		SKIP("the pattern can't be set");
	CHECK_EQ(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static void limit_core(unsigned long bytes)
{
	struct rlimit lim = { bytes, RLIM_INFINITY };

	CHECK_EQ(setrlimit(RLIMIT_CORE, &lim), 0);
}

static void make_folder(void)
{
	need_root();
	mkdir("/tmp", 01777);
	CHECK(mkdtemp(folder));
	CHECK_EQ(chmod(folder, 0777), 0);
	CHECK_EQ(chdir(folder), 0);
	limit_core(RLIM_INFINITY);
	set(PIPE_LIMIT, "0");
	set(USES_PID, "0");
}

/* The pattern starts our helper, with @words behind its own. */
static void use_helper(const char *how, const char *words)
{
	char self[128] = "", pattern[256];

	make_folder();
	CHECK(readlink("/proc/self/exe", self, sizeof(self) - 1) > 0);
	snprintf(pattern, sizeof(pattern), "|%s.helper %s %s %s", self, folder, how, words);
	CHECK(strlen(pattern) < 128);
	set(PATTERN, pattern);
}

static pid_t start_crash(const char *name)
{
	pid_t pid = fork();

	CHECK(pid >= 0);
	if (!pid) {
		prctl(PR_SET_NAME, name, 0, 0, 0);
		prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
		abort();
	}
	return pid;
}

static int aborted(pid_t pid)
{
	int status;

	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK_EQ(WTERMSIG(status), SIGABRT);
	return status;
}

static void crash_and_dump(const char *name)
{
	CHECK(WCOREDUMP(aborted(start_crash(name))));
}

static void crash_without_dump(void)
{
	CHECK(!WCOREDUMP(aborted(start_crash("crash"))));
}

/* ---- what the helper says ---- */

static char *file_text(const char *name)
{
	static char text[4096];
	int fd = open(name, O_RDONLY), n;

	if (fd < 0)
		return NULL;
	n = read(fd, text, sizeof(text) - 1);
	close(fd);
	text[n > 0 ? n : 0] = '\0';
	return text;
}

static char *wait_for_words(void)
{
	WAIT_UNTIL(!access("words", F_OK));
	return file_text("words");
}

static void check_line(const char *text, const char *line)
{
	char whole[256];

	snprintf(whole, sizeof(whole), "%s\n", line);
	if (!strstr(text, whole))
		printf("# no \"%s\" in: %s", line, text);
	CHECK(strstr(text, whole));
}

static void check_word(const char *text, long word)
{
	char line[64];

	snprintf(line, sizeof(line), "word %ld", word);
	check_line(text, line);
}

/* A whole one: the last piece of memory ends where the file does. */
static void check_core(void)
{
	Elf64_Ehdr eh;
	Elf64_Phdr ph;
	struct stat st;
	unsigned long end = 0;
	int fd = open("core", O_RDONLY), i;

	CHECK(fd >= 0);
	CHECK_EQ(read(fd, &eh, sizeof(eh)), sizeof(eh));
	CHECK(!memcmp(eh.e_ident, ELFMAG, SELFMAG) && eh.e_type == ET_CORE);
	for (i = 0; i < eh.e_phnum; i++) {
		CHECK_EQ(pread(fd, &ph, sizeof(ph), eh.e_phoff + i * sizeof(ph)), sizeof(ph));
		if (ph.p_offset + ph.p_filesz > end)
			end = ph.p_offset + ph.p_filesz;
	}
	CHECK_EQ(fstat(fd, &st), 0);
	CHECK_EQ(st.st_size, end);
	close(fd);
}

/* ---- programs ---- */

static void a_program_gets_the_whole_dump_as_root(void)
{
	char *text;

	use_helper("keep", "%p");
	crash_and_dump("crash");
	text = wait_for_words();
	check_line(text, "uid 0");
	check_line(text, "limit 1");
	check_core();
}

static void the_forms_are_words(void)
{
	struct utsname uts;
	char line[128], *text;
	pid_t pid;

	use_helper("keep", "%p %P %i %s %u %c %e %h %d 100%%");
	limit_core(12345678);
	pid = start_crash("crash");
	CHECK(WCOREDUMP(aborted(pid)));
	text = wait_for_words();
	check_word(text, pid);
	check_word(text, SIGABRT);
	check_word(text, 12345678);
	check_word(text, 1);
	check_line(text, "word crash");
	check_line(text, "word 100%");
	uname(&uts);
	snprintf(line, sizeof(line), "word %s", uts.nodename);
	check_line(text, line);
}

static void a_name_with_a_blank_is_one_word_and_leads_nowhere(void)
{
	char *text;

	use_helper("keep", "%p %e");
	crash_and_dump("a /b");
	text = wait_for_words();
	check_line(text, "word a !b");
}

static void the_limit_for_files_does_not_count(void)
{
	use_helper("keep", "%p");
	limit_core(0);
	crash_and_dump("crash");
	wait_for_words();
	check_core();
}

static void a_limit_of_1_is_that_of_such_programs(void)
{
	use_helper("keep", "%p");
	limit_core(1);
	crash_without_dump();
	CHECK_EQ(access("words", F_OK), -1);
}

static void a_program_that_crashes_itself_starts_no_other(void)
{
	use_helper("crash", "%p");
	crash_and_dump("crash");
	wait_for_words();
	check_core();
}

static void a_program_that_reads_nothing_hinders_nobody(void)
{
	use_helper("leave", "%p");
	aborted(start_crash("crash"));
	wait_for_words();
}

static void a_program_that_is_not_there_takes_no_dump(void)
{
	make_folder();
	set(PATTERN, "|/no/such/program %p");
	crash_without_dump();
}

static void with_a_limit_the_process_stays_until_the_program_has_gone(void)
{
	char *text;
	pid_t pid;

	use_helper("hold", "%p");
	set(PIPE_LIMIT, "1");
	pid = start_crash("crash");
	WAIT_UNTIL(!access("core", F_OK));
	CHECK_EQ(waitpid(pid, NULL, WNOHANG), 0);
	/* A second one is too many. */
	crash_without_dump();
	CHECK_EQ(waitpid(pid, NULL, WNOHANG), 0);
	close(open("go", O_WRONLY | O_CREAT, 0644));
	CHECK(WCOREDUMP(aborted(pid)));
	text = wait_for_words();
	check_line(text, "looked 1");
}

static void who_writes_a_dump_can_be_killed(void)
{
	int status;
	pid_t pid;

	use_helper("stall", "%p");
	pid = start_crash("crash");
	WAIT_UNTIL(!access("started", F_OK));
	/* The pipe doesn't hold it all. */
	CHECK_EQ(waitpid(pid, NULL, WNOHANG), 0);
	CHECK_EQ(kill(pid, SIGKILL), 0);
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK(WIFSIGNALED(status));
	close(open("go", O_WRONLY | O_CREAT, 0644));
	wait_for_words();
}

/* ---- files ---- */

static void a_file_is_named_by_the_forms(void)
{
	char pattern[128], name[128];
	pid_t pid;

	make_folder();
	snprintf(pattern, sizeof(pattern), "%s/%%e-%%p-%%s-%%u%%", folder);
	set(PATTERN, pattern);
	pid = start_crash("x/y");
	CHECK(WCOREDUMP(aborted(pid)));
	snprintf(name, sizeof(name), "x!y-%d-%d-0", pid, SIGABRT);
	CHECK_EQ(access(name, F_OK), 0);
	unlink(name);
}

static void the_number_is_added_where_it_is_missing(void)
{
	char name[64];
	pid_t pid;

	make_folder();
	set(PATTERN, "core");
	set(USES_PID, "1");
	pid = start_crash("crash");
	CHECK(WCOREDUMP(aborted(pid)));
	snprintf(name, sizeof(name), "core.%d", pid);
	CHECK_EQ(access(name, F_OK), 0);
	unlink(name);
	/* Not where it is there already. */
	set(PATTERN, "%p.core");
	pid = start_crash("crash");
	CHECK(WCOREDUMP(aborted(pid)));
	snprintf(name, sizeof(name), "%d.core", pid);
	CHECK_EQ(access(name, F_OK), 0);
	unlink(name);
}

static void a_full_disk_keeps_what_fits(void)
{
	struct stat st;

	make_folder();
	CHECK_EQ(mkdir("disk", 0777), 0);
	CHECK_EQ(mount("none", "disk", "tmpfs", 0, "size=64k"), 0);
	CHECK_EQ(chdir("disk"), 0);
	set(PATTERN, "core");
	aborted(start_crash("crash"));
	CHECK_EQ(stat("core", &st), 0);
	CHECK(st.st_size > 0 && st.st_blocks <= 64 * 2);
	CHECK_EQ(chdir(".."), 0);
	CHECK_EQ(umount("disk"), 0);
}

static void without_the_limit_for_it_there_is_no_file(void)
{
	make_folder();
	set(PATTERN, "core");
	limit_core(0);
	crash_without_dump();
	CHECK_EQ(access("core", F_OK), -1);
}

static void back_to_what_others_expect(void)
{
	make_folder();
	set(PATTERN, "core");
}

TESTS(
	TEST(a_program_gets_the_whole_dump_as_root),
	TEST(the_forms_are_words),
	TEST(a_name_with_a_blank_is_one_word_and_leads_nowhere),
	TEST(the_limit_for_files_does_not_count),
	TEST(a_limit_of_1_is_that_of_such_programs),
	TEST(a_program_that_crashes_itself_starts_no_other),
	TEST(a_program_that_reads_nothing_hinders_nobody),
	TEST(a_program_that_is_not_there_takes_no_dump),
	TEST(with_a_limit_the_process_stays_until_the_program_has_gone),
	TEST(who_writes_a_dump_can_be_killed),
	TEST(a_file_is_named_by_the_forms),
	TEST(the_number_is_added_where_it_is_missing),
	TEST(a_full_disk_keeps_what_fits),
	TEST(without_the_limit_for_it_there_is_no_file),
	TEST(back_to_what_others_expect),
)
