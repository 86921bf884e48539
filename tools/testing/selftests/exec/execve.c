// SPDX-License-Identifier: MIT
/* execve: arguments, scripts, set-uid, what is refused and with which errno. */

#include <elf.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "../kselftest.h"

#define SHOW	"/tests/exec/show.helper"

static char *const no_env[] = { NULL };
static char **volatile no_args;

static int run_argv(char **argv)
{
	pid_t pid = fork();

	if (!pid) {
		execve(argv[0], argv, no_env);
		_exit(200 + (errno & 31));
	}
	CHECK(pid > 0);
	return end_of(pid);
}

static int run(char *path, char *arg)
{
	char *argv[] = { path, arg, NULL };

	return run_argv(argv);
}

static void a_program_runs(void)
{
	CHECK_EQ(run(SHOW, "x"), 2);
}

static void a_static_pie_runs(void)
{
	CHECK_EQ(run("/tests/exec/static-pie.helper", "auxv"), 0);
}

static void the_auxiliary_vector_is_whole(void)
{
	CHECK_EQ(run(SHOW, "auxv"), 0);
}

static void the_environment_arrives(void)
{
	char *argv[] = { SHOW, "envc", NULL }, *env[] = { "A=1", "B=2", "C=", NULL };
	pid_t pid = fork();

	if (!pid) {
		execve(SHOW, argv, env);
		_exit(200);
	}
	CHECK_EQ(end_of(pid), 3);
}

static void no_arguments_become_one_empty(void)
{
	pid_t pid = fork();

	if (!pid) {
		execve(SHOW, no_args, NULL);
		_exit(200);
	}
	CHECK_EQ(end_of(pid), 1);
}

static void make_file(const char *path, const void *text, size_t len, mode_t mode)
{
	int fd = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0600);

	CHECK(fd >= 0);
	CHECK_EQ(write(fd, text, len), len);
	CHECK_EQ(fchmod(fd, mode), 0);
	CHECK_EQ(close(fd), 0);
}

static void a_script_gets_its_interpreter(void)
{
	static const char text[] = "#! " SHOW " args \nrubbish";

	make_file("/tmp/script", text, sizeof(text) - 1, 0755);
	/* show.helper args /tmp/script x */
	CHECK_EQ(run("/tmp/script", "x"), 4);
}

static void a_script_without_interpreter_fails(void)
{
	make_file("/tmp/script1", "#!\n", 3, 0755);
	CHECK_EQ(run("/tmp/script1", NULL), 200 + ENOEXEC);
	make_file("/tmp/script2", "#!/no/such\n", 11, 0755);
	CHECK_EQ(run("/tmp/script2", NULL), 200 + ENOENT);
	make_file("/tmp/script3", "#!/tmp/script3\n", 15, 0755);
	CHECK_EQ(run("/tmp/script3", NULL), 200 + (ELOOP & 31));
}

static void what_is_no_program_is_refused(void)
{
	make_file("/tmp/plain", "hello\n", 6, 0755);
	CHECK_EQ(run("/tmp/plain", NULL), 200 + ENOEXEC);
	CHECK_EQ(chmod("/tmp/plain", 0644), 0);
	CHECK_EQ(run("/tmp/plain", NULL), 200 + EACCES);
	CHECK_EQ(run("/tmp", NULL), 200 + EACCES);
	CHECK_EQ(run("/tmp/none", NULL), 200 + ENOENT);
	make_file("/tmp/empty", "", 0, 0755);
	CHECK_EQ(run("/tmp/empty", NULL), 200 + ENOEXEC);
}

static void bad_pointers_are_efault(void)
{
	char *argv[] = { (char *)8, NULL };

	CHECK_ERR(execve((char *)8, no_args, NULL), EFAULT);
	CHECK_ERR(execve(SHOW, (char **)8, NULL), EFAULT);
	CHECK_ERR(execve(SHOW, argv, NULL), EFAULT);
}

static void too_long_is_e2big(void)
{
	size_t len = 131072;
	char *big = malloc(len + 1);
	char *argv[] = { SHOW, big, NULL };

	memset(big, 'a', len);
	big[len] = 0;
	CHECK_ERR(execve(SHOW, argv, NULL), E2BIG);
}

static void large_arguments_arrive(void)
{
	char *argv[42], *big = malloc(100001);

	memset(big, 'a', 100000);
	big[100000] = 0;
	argv[0] = SHOW;
	for (int i = 1; i < 10; i++)
		argv[i] = big;
	argv[10] = NULL;
	CHECK_EQ(run_argv(argv), 10);
}

static void a_file_that_is_written_is_busy(void)
{
	int fd;

	make_file("/tmp/busy", "#!" SHOW "\n", sizeof("#!" SHOW), 0755);
	fd = open("/tmp/busy", O_RDWR);
	CHECK(fd >= 0);
	CHECK_EQ(run("/tmp/busy", NULL), 200 + ETXTBSY);
	close(fd);
	CHECK_EQ(run("/tmp/busy", NULL), 2);
}

static void descriptors_close_on_exec(void)
{
	int fd = open("/", O_RDONLY | O_CLOEXEC);
	char *argv[] = { SHOW, NULL };
	pid_t pid;

	CHECK(fd >= 0);
	pid = fork();
	if (!pid) {
		execve(SHOW, argv, no_env);
		_exit(200);
	}
	CHECK_EQ(end_of(pid), 1);
	CHECK(fcntl(fd, F_GETFD) & FD_CLOEXEC);
}

static void execveat_takes_a_descriptor(void)
{
	char *argv[] = { SHOW, "x", NULL };
	int fd = open(SHOW, O_PATH);
	pid_t pid = fork();

	if (!pid) {
		syscall(SYS_execveat, fd, "", argv, no_env, AT_EMPTY_PATH);
		_exit(200);
	}
	CHECK_EQ(end_of(pid), 2);
	CHECK_ERR(syscall(SYS_execveat, fd, "", argv, no_env, 0), ENOENT);
	CHECK_ERR(syscall(SYS_execveat, -1, "x", argv, no_env, 0), EBADF);
	CHECK_ERR(syscall(SYS_execveat, fd, "x", argv, no_env, 0x8000), EINVAL);
}

static void copy_program(const char *to, mode_t mode)
{
	int in = open(SHOW, O_RDONLY), out = open(to, O_CREAT | O_TRUNC | O_WRONLY, 0700);
	static char buf[65536];
	ssize_t n;

	CHECK(in >= 0 && out >= 0);
	while ((n = read(in, buf, sizeof(buf))) > 0)
		CHECK_EQ(write(out, buf, n), n);
	CHECK_EQ(fchmod(out, mode), 0);
	close(in);
	close(out);
}

static void set_uid_gives_root(void)
{
	copy_program("/suid", 04755);
	CHECK_EQ(setuid(65534), 0);
	CHECK_EQ(run("/suid", "euid"), 0);
}

static void *exec_in_thread(void *arg)
{
	char *argv[] = { SHOW, "x", "y", NULL };

	(void)arg;
	execve(SHOW, argv, no_env);
	_exit(200);
}

static void a_thread_may_exec_and_keeps_the_pid(void)
{
	pid_t pid = fork();
	pthread_t t;

	if (!pid) {
		if (pthread_create(&t, NULL, exec_in_thread, NULL))
			_exit(201);
		for (;;)
			pause();
	}
	CHECK_EQ(end_of(pid), 3);
}

/* Each header field mutated: an errno, or death before the first instruction, never more. */
static void broken_headers_are_refused(void)
{
	static unsigned char image[65536];
	int fd = open(SHOW, O_RDONLY), status;
	ssize_t len = read(fd, image, sizeof(image));
	char *argv[] = { "/tmp/broken", NULL };
	pid_t pid;

	CHECK(len > 1000);
	for (unsigned int at = 0; at < sizeof(Elf64_Ehdr) + 3 * sizeof(Elf64_Phdr); at++) {
		unsigned char old = image[at];

		image[at] ^= 0x55;
		make_file("/tmp/broken", image, len, 0755);
		image[at] = old;
		pid = fork();
		if (!pid) {
			/* A program that still runs finds no descriptors to speak to. */
			close(0);
			close(1);
			close(2);
			execve(argv[0], argv, no_env);
			_exit(200);
		}
		alarm(20);
		CHECK_EQ(waitpid(pid, &status, 0), pid);
		alarm(0);
	}
}

/* Not by us, not by a child that fork() made of us, and not after the first of them has ended. */
static void a_running_program_is_not_written(void)
{
	char path[256] = "";

	if (readlink("/proc/self/exe", path, sizeof(path) - 1) <= 0)
		SKIP("no /proc");
	CHECK_ERR(open(path, O_WRONLY), ETXTBSY);
	CHECK_ERR(open(path, O_RDWR | O_TRUNC), ETXTBSY);
	CHECK_ERR(truncate(path, 0), ETXTBSY);
	run(SHOW, "x");
	CHECK_EQ(end_of(fork() ?: (_exit(0), 0)), 0);
	CHECK_ERR(truncate(path, 0), ETXTBSY);
	CHECK_ERR(truncate("/proc/self/exe", 0), ETXTBSY);
}

TESTS(
	TEST(a_program_runs),
	TEST(a_running_program_is_not_written),
	TEST(a_static_pie_runs),
	TEST(the_auxiliary_vector_is_whole),
	TEST(the_environment_arrives),
	TEST(no_arguments_become_one_empty),
	TEST(a_script_gets_its_interpreter),
	TEST(a_script_without_interpreter_fails),
	TEST(what_is_no_program_is_refused),
	TEST(bad_pointers_are_efault),
	TEST(too_long_is_e2big),
	TEST(large_arguments_arrive),
	TEST(a_file_that_is_written_is_busy),
	TEST(descriptors_close_on_exec),
	TEST(execveat_takes_a_descriptor),
	TEST(set_uid_gives_root),
	TEST(a_thread_may_exec_and_keeps_the_pid),
	TEST(broken_headers_are_refused),
)
