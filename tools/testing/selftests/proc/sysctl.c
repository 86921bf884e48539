// SPDX-License-Identifier: MIT
/* /proc/sys: text to variables and back, rights, and that a variable does what its name says. */

#include "proc.h"

#include <limits.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/utsname.h>

#define SYS	"/proc/sys/"

static char buf[4096];

/* Leave it as it was. */
static void restore(const char *path, const char *old)
{
	CHECK(spew(path, old) > 0);
}

static char *copy_of(const char *path)
{
	char *text = slurp(path);

	CHECK(text);
	return strdup(text);
}

static void numbers_are_read_and_written_as_text(void)
{
	const char *file = SYS "kernel/panic";
	char *old;

	need("proc", "/proc");
	old = copy_of(file);
	CHECK_EQ(spew(file, "12"), 2);
	CHECK(!strcmp(slurp(file), "12\n"));
	CHECK_EQ(spew(file, "  0x10  \n"), 9);
	CHECK(!strcmp(slurp(file), "16\n"));
	CHECK_EQ(spew(file, "010"), 3);
	CHECK(!strcmp(slurp(file), "8\n"));
	CHECK_EQ(spew(file, "-1"), 2);
	CHECK(!strcmp(slurp(file), "-1\n"));
	restore(file, old);
}

static void what_is_no_number_is_refused(void)
{
	static const char *const bad[] = {
		"x", "-", "1x", "--1", "+1", "0x", "2147483648", "-2147483649",
		"99999999999999999999", "184467440737095516160", "\n", " ", "1.5", "0b1", "1,2",
	};
	const char *file = SYS "kernel/panic";
	unsigned int i;
	char *old;

	need("proc", "/proc");
	old = copy_of(file);
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		printf("# %s\n", bad[i]);
		CHECK_ERR(spew(file, bad[i]), EINVAL);
		CHECK(!strcmp(slurp(file), old));
	}
}

static void bounds_are_kept(void)
{
	char *old;

	need("proc", "/proc");
	CHECK_ERR(spew(SYS "kernel/panic_on_warn", "2"), EINVAL);
	CHECK_ERR(spew(SYS "kernel/panic_on_warn", "-1"), EINVAL);
	CHECK_ERR(spew(SYS "vm/overcommit_memory", "3"), EINVAL);
	CHECK_ERR(spew(SYS "fs/protected_regular", "3"), EINVAL);
	CHECK_ERR(spew(SYS "fs/nr_open", "1"), EINVAL);
	CHECK_ERR(spew(SYS "fs/nr_open", "-5"), EINVAL);
	CHECK_ERR(spew(SYS "kernel/pid_max", "10"), EINVAL);
	CHECK_ERR(spew(SYS "kernel/pid_max", "99999999"), EINVAL);
	old = copy_of(SYS "kernel/sched_rt_runtime_us");
	CHECK_ERR(spew(SYS "kernel/sched_rt_runtime_us", "99999999"), EINVAL);
	CHECK(!strcmp(slurp(SYS "kernel/sched_rt_runtime_us"), old));
}

static void a_vector_is_set_from_its_first_value_on(void)
{
	const char *file = SYS "kernel/printk";
	int v[4], w[4];
	char *old;

	need("proc", "/proc");
	old = copy_of(file);
	CHECK_EQ(sscanf(old, "%d\t%d\t%d\t%d\n", &v[0], &v[1], &v[2], &v[3]), 4);
	CHECK_EQ(spew(file, "3 6"), 3);
	CHECK_EQ(sscanf(slurp(file), "%d\t%d\t%d\t%d\n", &w[0], &w[1], &w[2], &w[3]), 4);
	CHECK(w[0] == 3 && w[1] == 6 && w[2] == v[2] && w[3] == v[3]);
	restore(file, old);
}

static void only_the_start_of_a_file_counts(void)
{
	void *volatile wild = (void *)8;
	int fd;

	need("proc", "/proc");
	fd = open(SYS "kernel/pid_max", O_RDWR);
	CHECK(fd >= 0);
	CHECK(read(fd, buf, sizeof(buf)) > 1);
	CHECK_EQ(read(fd, buf, sizeof(buf)), 0);
	CHECK_EQ(pread(fd, buf, sizeof(buf), 1), 0);
	CHECK_EQ(pread(fd, buf, sizeof(buf), LLONG_MAX - 8192), 0);
	CHECK_EQ(pread(fd, buf, 2, 0), 2);
	CHECK_EQ(pwrite(fd, "1", 1, 1), 1);	/* without effect */
	CHECK_EQ(write(fd, "", 0), 0);
	CHECK_ERR(pread(fd, wild, 16, 0), EFAULT);
	CHECK_ERR(pwrite(fd, wild, 16, 0), EFAULT);
	CHECK(figure(SYS "kernel/pid_max", "") > 300);
}

static void the_mode_binds_root_too(void)
{
	struct stat st;

	need("proc", "/proc");
	CHECK_ERR(open(SYS "kernel/ostype", O_WRONLY), EACCES);
	CHECK_ERR(open(SYS "fs/file-nr", O_RDWR), EACCES);
	CHECK_ERR(open(SYS "vm/drop_caches", O_RDONLY), EACCES);
	CHECK_ERR(chmod(SYS "kernel/ostype", 0666), EPERM);
	CHECK_ERR(chown(SYS "kernel/ostype", 1, 1), EPERM);
	CHECK_ERR(unlink(SYS "kernel/ostype"), EACCES);
	CHECK(open(SYS "kernel/new", O_CREAT | O_WRONLY, 0644) < 0);
	CHECK(!stat(SYS "kernel/panic", &st) && st.st_mode == (S_IFREG | 0644) && st.st_size == 0);
	CHECK(!stat(SYS "kernel", &st) && st.st_mode == (S_IFDIR | 0555));
}

static void a_descriptor_doesnt_carry_roots_right(void)
{
	int fd;

	need("proc", "/proc");
	fd = open(SYS "kernel/panic", O_RDWR);
	CHECK(fd >= 0);
	CHECK_EQ(setresuid(65534, 65534, 65534), 0);
	CHECK_ERR(write(fd, "1", 1), EPERM);
	CHECK(read(fd, buf, sizeof(buf)) > 0);
	CHECK_ERR(open(SYS "kernel/panic", O_WRONLY), EACCES);
}

static void names_of_the_system_agree_with_uname(void)
{
	struct utsname u;

	need("proc", "/proc");
	CHECK_EQ(uname(&u), 0);
	CHECK(!strncmp(slurp(SYS "kernel/ostype"), u.sysname, strlen(u.sysname)));
	CHECK(!strncmp(slurp(SYS "kernel/osrelease"), u.release, strlen(u.release)));
	CHECK(!strncmp(slurp(SYS "kernel/version"), u.version, strlen(u.version)));
}

static void the_hostname_can_be_set_and_waited_for(void)
{
	struct pollfd p = { .events = POLLPRI };
	struct utsname u;
	char *old;

	need("proc", "/proc");
	old = copy_of(SYS "kernel/hostname");
	p.fd = open(SYS "kernel/hostname", O_RDONLY);
	CHECK(p.fd >= 0);
	CHECK_EQ(poll(&p, 1, 0) == 1 && (p.revents & POLLPRI), 0);
	CHECK_EQ(spew(SYS "kernel/hostname", "lectern-test\n"), 13);
	CHECK(!uname(&u) && !strcmp(u.nodename, "lectern-test"));
	CHECK_EQ(poll(&p, 1, -1), 1);
	CHECK((p.revents & (POLLERR | POLLPRI)) == (POLLERR | POLLPRI));
	CHECK_EQ(sethostname("other", 5), 0);
	CHECK(!strcmp(slurp(SYS "kernel/hostname"), "other\n"));
	restore(SYS "kernel/hostname", old);
}

static void pid_max_bounds_new_pids(void)
{
	char *old;
	int i;

	need("proc", "/proc");
	old = copy_of(SYS "kernel/pid_max");
	CHECK_EQ(spew(SYS "kernel/pid_max", "400"), 3);
	for (i = 0; i < 150; i++) {
		pid_t pid = fork();

		if (!pid)
			_exit(0);
		if (pid > 0) {
			CHECK_EQ(waitpid(pid, NULL, 0), pid);
			CHECK(pid < 400);
		}
	}
	restore(SYS "kernel/pid_max", old);
}

static void pid_max_grows(void)
{
	char *old;
	pid_t pid;

	need("proc", "/proc");
	old = copy_of(SYS "kernel/pid_max");
	CHECK_EQ(spew(SYS "kernel/pid_max", "4194304"), 7);
	CHECK_EQ(figure(SYS "kernel/pid_max", ""), 4194304);
	pid = fork();
	if (!pid)
		_exit(0);
	CHECK(pid > 0);
	snprintf(buf, sizeof(buf), "/proc/%d/status", pid);
	CHECK(slurp(buf));
	CHECK_EQ(waitpid(pid, NULL, 0), pid);
	restore(SYS "kernel/pid_max", old);
}

static void max_map_count_bounds_mappings(void)
{
	char *old;
	int i;

	need("proc", "/proc");
	old = copy_of(SYS "vm/max_map_count");
	CHECK_EQ(spew(SYS "vm/max_map_count", "64"), 2);
	for (i = 0; i < 200; i++) {
		if (mmap(NULL, 4096, i & 1 ? PROT_READ : PROT_NONE, MAP_SHARED | MAP_ANONYMOUS, -1,
			 0) == MAP_FAILED)
			break;
	}
	CHECK(i < 64 && errno == ENOMEM);
	restore(SYS "vm/max_map_count", old);
}

static void nr_open_bounds_the_limit_of_files(void)
{
	struct rlimit r;
	char *old;

	need("proc", "/proc");
	old = copy_of(SYS "fs/nr_open");
	CHECK_EQ(spew(SYS "fs/nr_open", "4096"), 4);
	r.rlim_cur = r.rlim_max = 8192;
	CHECK_ERR(setrlimit(RLIMIT_NOFILE, &r), EPERM);
	restore(SYS "fs/nr_open", old);
}

static void pipe_max_size_is_a_power_of_two_and_binds_users(void)
{
	const char *file = SYS "fs/pipe-max-size";
	char *old;
	int fds[2];

	need("proc", "/proc");
	old = copy_of(file);
	CHECK_EQ(spew(file, "0"), 1);
	CHECK_EQ(figure(file, ""), getpagesize());
	CHECK_EQ(spew(file, "2147483648"), 10);
	CHECK_EQ(figure(file, ""), 2147483648);
	CHECK_ERR(spew(file, "2147483649"), EINVAL);
	CHECK_ERR(spew(file, "-1"), EINVAL);
	CHECK_EQ(figure(file, ""), 2147483648);
	CHECK_EQ(spew(file, "100000"), 6);
	CHECK(!strcmp(slurp(file), "131072\n"));
	CHECK_EQ(pipe(fds), 0);
	if (!fork()) {
		CHECK_EQ(setuid(65534), 0);
		CHECK_ERR(fcntl(fds[0], F_SETPIPE_SZ, 262144), EPERM);
		CHECK_EQ(fcntl(fds[0], F_SETPIPE_SZ, 131072), 131072);
		_exit(0);
	}
	CHECK(wait(&fds[0]) > 0 && !fds[0]);
	restore(file, old);
}

static void protected_symlinks_arent_followed_in_common_folders(void)
{
	const char *file = SYS "fs/protected_symlinks";
	char *old;

	need("proc", "/proc");
	old = copy_of(file);
	mkdir("/tmp/common", 0777);
	CHECK_EQ(chmod("/tmp/common", 01777), 0);
	close(open("/tmp/target", O_CREAT | O_RDWR, 0644));
	unlink("/tmp/common/link");
	CHECK_EQ(symlink("/tmp/target", "/tmp/common/link"), 0);
	CHECK_EQ(lchown("/tmp/common/link", 1000, 1000), 0);
	CHECK_EQ(spew(file, "0"), 1);
	CHECK(open("/tmp/common/link", O_RDONLY) >= 0);
	CHECK_EQ(spew(file, "1"), 1);
	CHECK_ERR(open("/tmp/common/link", O_RDONLY), EACCES);
	CHECK_EQ(lchown("/tmp/common/link", 0, 0), 0);
	CHECK(open("/tmp/common/link", O_RDONLY) >= 0);
	restore(file, old);
}

static void protected_files_arent_taken_over_in_common_folders(void)
{
	char *old;

	need("proc", "/proc");
	old = copy_of(SYS "fs/protected_regular");
	mkdir("/tmp/common", 0777);
	CHECK_EQ(chmod("/tmp/common", 01777), 0);
	close(open("/tmp/common/file", O_CREAT | O_RDWR, 0666));
	CHECK_EQ(chown("/tmp/common/file", 1000, 1000), 0);
	CHECK_EQ(spew(SYS "fs/protected_regular", "0"), 1);
	CHECK(open("/tmp/common/file", O_CREAT | O_RDWR, 0666) >= 0);
	CHECK_EQ(spew(SYS "fs/protected_regular", "1"), 1);
	CHECK_ERR(open("/tmp/common/file", O_CREAT | O_RDWR, 0666), EACCES);
	CHECK(open("/tmp/common/file", O_RDWR) >= 0);
	restore(SYS "fs/protected_regular", old);
}

static void protected_hardlinks_want_a_right_to_the_file(void)
{
	char *old;

	need("proc", "/proc");
	old = copy_of(SYS "fs/protected_hardlinks");
	mkdir("/tmp/common", 0777);
	CHECK_EQ(chmod("/tmp/common", 01777), 0);
	close(open("/tmp/common/mine", O_CREAT | O_RDWR, 0644));
	CHECK_EQ(spew(SYS "fs/protected_hardlinks", "1"), 1);
	if (!fork()) {
		CHECK_EQ(setuid(65534), 0);
		CHECK_ERR(link("/tmp/common/mine", "/tmp/common/yours"), EPERM);
		_exit(0);
	}
	wait(NULL);
	CHECK_EQ(access("/tmp/common/yours", F_OK), -1);
	restore(SYS "fs/protected_hardlinks", old);
}

static void random_ids_differ_and_the_boot_id_stays(void)
{
	char *a, *b;

	need("proc", "/proc");
	a = copy_of(SYS "kernel/random/uuid");
	b = copy_of(SYS "kernel/random/uuid");
	CHECK(strlen(a) == 37 && a[8] == '-' && a[14] == '4' && a[36] == '\n' && strcmp(a, b));
	a = copy_of(SYS "kernel/random/boot_id");
	b = copy_of(SYS "kernel/random/boot_id");
	CHECK(strlen(a) == 37 && !strcmp(a, b));
	CHECK_EQ(figure(SYS "kernel/random/poolsize", ""), 256);
}

/* What Linux may leave out of file-nr: each CPU counts some files by itself before it tells. */
static long files_not_told(void)
{
	long cpus = sysconf(_SC_NPROCESSORS_CONF);

	return cpus * (cpus > 16 ? 2 * cpus : 32);
}

static void counts_of_files_are_true(void)
{
	long a, b, max, i, fuzzy = 2 * files_not_told(), opened = fuzzy + 200;
	struct rlimit files = { opened + 100, opened + 100 };
	int fds[2];

	need("proc", "/proc");
	CHECK_EQ(sscanf(slurp(SYS "fs/file-nr"), "%ld\t0\t%ld\n", &a, &max), 2);
	CHECK(a >= 0 && max > a);
	CHECK_EQ(setrlimit(RLIMIT_NOFILE, &files), 0);
	for (i = 0; i < opened; i += 2)
		CHECK_EQ(pipe(fds), 0);
	CHECK_EQ(sscanf(slurp(SYS "fs/file-nr"), "%ld", &b), 1);
	CHECK(b >= a + opened - fuzzy && b <= a + opened + fuzzy);
	CHECK_EQ(sscanf(slurp(SYS "fs/inode-nr"), "%ld\t%ld\n", &a, &b), 2);
	CHECK(a > 0 && b >= 0);
	CHECK_EQ(sscanf(slurp(SYS "fs/dentry-state"), "%ld\t%ld\t", &a, &b), 2);
	CHECK(a > 0 && b >= 0 && a >= b);
}

static void caches_can_be_dropped(void)
{
	need("proc", "/proc");
	CHECK_EQ(spew(SYS "vm/drop_caches", "3"), 1);
	CHECK_ERR(spew(SYS "vm/drop_caches", "0"), EINVAL);
	CHECK_ERR(spew(SYS "vm/drop_caches", "9"), EINVAL);
}

TESTS(TEST(numbers_are_read_and_written_as_text), TEST(what_is_no_number_is_refused),
      TEST(bounds_are_kept), TEST(a_vector_is_set_from_its_first_value_on),
      TEST(only_the_start_of_a_file_counts), TEST(the_mode_binds_root_too),
      TEST(a_descriptor_doesnt_carry_roots_right), TEST(names_of_the_system_agree_with_uname),
      TEST(the_hostname_can_be_set_and_waited_for), TEST(pid_max_bounds_new_pids),
      TEST(pid_max_grows), TEST(max_map_count_bounds_mappings),
      TEST(nr_open_bounds_the_limit_of_files),
      TEST(pipe_max_size_is_a_power_of_two_and_binds_users),
      TEST(protected_symlinks_arent_followed_in_common_folders),
      TEST(protected_files_arent_taken_over_in_common_folders),
      TEST(protected_hardlinks_want_a_right_to_the_file),
      TEST(random_ids_differ_and_the_boot_id_stays), TEST(counts_of_files_are_true),
      TEST(caches_can_be_dropped),)
