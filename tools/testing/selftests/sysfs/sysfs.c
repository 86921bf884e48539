// SPDX-License-Identifier: MIT
/* /sys: its folders, its links, CPUs that come and go. */

#include "../proc/proc.h"

#include <dirent.h>
#include <limits.h>
#include <sched.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

#define CPU	"/sys/devices/system/cpu"

static char buf[4096];

static void it_is_sysfs(void)
{
	struct statfs st;

	need("sysfs", "/sys");
	CHECK(!statfs("/sys", &st) && st.f_type == 0x62656572);
}

static void the_folders_are_there(void)
{
	static const char *const names[] = {
		"block", "bus", "class", "dev", "dev/char", "dev/block", "devices",
		"devices/system", "devices/system/cpu", "devices/virtual", "firmware", "fs",
		"kernel", "module",
		"class/tty", "class/mem", "class/misc", "bus/cpu/devices",
	};
	struct stat st;
	unsigned int i;

	need("sysfs", "/sys");
	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		snprintf(buf, sizeof(buf), "/sys/%s", names[i]);
		printf("# %s\n", buf);
		CHECK(!stat(buf, &st) && S_ISDIR(st.st_mode));
	}
}

static void a_device_is_found_by_its_number(void)
{
	char real[PATH_MAX], *text;

	need("sysfs", "/sys");
	CHECK(realpath("/sys/dev/char/1:3", real));
	CHECK(!strcmp(real, "/sys/devices/virtual/mem/null"));
	CHECK(realpath("/sys/class/mem/null", real));
	CHECK(!strcmp(real, "/sys/devices/virtual/mem/null"));
	text = slurp("/sys/class/mem/null/dev");
	CHECK(text && !strcmp(text, "1:3\n"));
	text = slurp("/sys/class/mem/null/uevent");
	CHECK(text && !strcmp(text, "MAJOR=1\nMINOR=3\nDEVNAME=null\nDEVMODE=0666\n"));
	CHECK(realpath("/sys/class/mem/null/subsystem", real));
	CHECK(!strcmp(real, "/sys/class/mem"));
}

static void links_are_relative(void)
{
	ssize_t n;

	need("sysfs", "/sys");
	n = readlink("/sys/class/mem/null", buf, sizeof(buf) - 1);
	CHECK(n > 0);
	buf[n] = '\0';
	CHECK(!strcmp(buf, "../../devices/virtual/mem/null"));
	n = readlink("/sys/devices/virtual/mem/null/subsystem", buf, sizeof(buf) - 1);
	CHECK(n > 0);
	buf[n] = '\0';
	CHECK(!strcmp(buf, "../../../../class/mem"));
}

static void files_have_a_page_and_their_mode(void)
{
	struct stat st;
	int fd;

	need("sysfs", "/sys");
	CHECK(!stat("/sys/class/mem/null/dev", &st) && st.st_mode == (S_IFREG | 0444));
	CHECK_EQ(st.st_size, 4096);
	CHECK(!stat("/sys/class/mem/null", &st) && st.st_mode == (S_IFDIR | 0755));
	/* Root may by its capability; but there is no function for it. */
	CHECK_ERR(open("/sys/class/mem/null/dev", O_WRONLY), EACCES);
	CHECK_ERR(unlink("/sys/class/mem/null/dev"), EPERM);
	CHECK_ERR(mkdir("/sys/new", 0755), EPERM);
	fd = open("/sys/class/mem/null/dev", O_RDONLY);
	CHECK(fd >= 0);
	CHECK_EQ(read(fd, buf, 2), 2);
	CHECK_EQ(read(fd, buf, 100), 2);
	CHECK_EQ(read(fd, buf, 100), 0);
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQ(read(fd, buf, 100), 4);
	CHECK_EQ(pread(fd, buf, 100, 3), 1);
}

static void a_uevent_is_asked_for_by_an_action(void)
{
	const char *file = "/sys/class/mem/null/uevent";
	long long before;

	need("sysfs", "/sys");
	before = figure("/sys/kernel/uevent_seqnum", "");
	CHECK_EQ(spew(file, "change"), 6);
	CHECK_EQ(spew(file, "add\n"), 4);
	CHECK_EQ(spew(file, "add fe4d7c9d-b8c6-4a70-9ef1-3d8a58d18eed A=1"), 44);
	CHECK(figure("/sys/kernel/uevent_seqnum", "") >= before + 3);
	CHECK_ERR(spew(file, "garbage"), EINVAL);
	CHECK_ERR(spew(file, "add not-a-uuid"), EINVAL);
	CHECK_ERR(spew(file, "add fe4d7c9d-b8c6-4a70-9ef1-3d8a58d18eed A"), EINVAL);
}

static void lists_of_cpus_agree_with_sysconf(void)
{
	long online = sysconf(_SC_NPROCESSORS_ONLN);

	need("sysfs", "/sys");
	if (online == 1)
		CHECK(!strcmp(slurp(CPU "/online"), "0\n"));
	else
		CHECK(snprintf(buf, sizeof(buf), "0-%ld\n", online - 1) > 0 &&
		      !strcmp(slurp(CPU "/online"), buf));
	CHECK(slurp(CPU "/possible") && slurp(CPU "/present") && slurp(CPU "/offline"));
	CHECK(figure(CPU "/kernel_max", "") > 0);
	CHECK(!strcmp(slurp("/sys/devices/system/node/node0/cpulist"), slurp(CPU "/online")));
}

static void topology_describes_each_cpu(void)
{
	long i, n = sysconf(_SC_NPROCESSORS_ONLN);

	need("sysfs", "/sys");
	for (i = 0; i < n; i++) {
		snprintf(buf, sizeof(buf), CPU "/cpu%ld/topology/core_id", i);
		CHECK(slurp(buf));
		snprintf(buf, sizeof(buf), CPU "/cpu%ld/topology/thread_siblings_list", i);
		CHECK(slurp(buf));
		snprintf(buf, sizeof(buf), CPU "/cpu%ld/topology/core_siblings", i);
		CHECK(slurp(buf) && strtoull(slurp(buf), NULL, 16) & 1ULL << i);
	}
}

static void a_cpu_can_be_taken_down_and_up(void)
{
	const char *file = CPU "/cpu1/online";
	cpu_set_t set;
	int round;

	need("sysfs", "/sys");
	if (!slurp(file))
		SKIP("one CPU, or none that can go");
	CHECK_ERR(spew(file, "2"), EINVAL);
	for (round = 0; round < 3; round++) {
		CHECK_EQ(spew(file, "0"), 1);
		CHECK_EQ(spew(file, "0"), 1);
		CHECK(!strcmp(slurp(file), "0\n"));
		CHECK(access(CPU "/cpu1/topology/core_id", F_OK));
		CHECK(strstr(slurp(CPU "/offline"), "1"));
		CPU_ZERO(&set);
		CPU_SET(1, &set);
		CHECK_ERR(sched_setaffinity(0, sizeof(set), &set), EINVAL);
		CHECK_EQ(spew(file, "1\n"), 2);
		CHECK(!strcmp(slurp(file), "1\n"));
		CHECK(!access(CPU "/cpu1/topology/core_id", F_OK));
		CHECK_EQ(sched_setaffinity(0, sizeof(set), &set), 0);
		CHECK_EQ(sched_getcpu(), 1);
		CPU_SET(0, &set);
		CHECK_EQ(sched_setaffinity(0, sizeof(set), &set), 0);
	}
}

/* Four read what comes and goes meanwhile. */
static int read_topology(void *arg)
{
	int n;

	(void)arg;
	for (n = 0; n < 300; n++) {
		DIR *dir = opendir(CPU "/cpu1/topology");

		slurp(CPU "/cpu1/topology/core_siblings");
		slurp(CPU "/cpu1/online");
		slurp(CPU "/online");
		if (dir) {
			while (readdir(dir))
				;
			closedir(dir);
		}
	}
	return 0;
}

static void files_may_go_while_they_are_read(void)
{
	const char *file = CPU "/cpu1/online";
	int status, i;
	pid_t pids[4];

	need("sysfs", "/sys");
	if (!slurp(file))
		SKIP("one CPU, or none that can go");
	for (i = 0; i < 4; i++)
		pids[i] = start_child(read_topology, NULL);
	for (i = 0; i < 10; i++) {
		CHECK_EQ(spew(file, "0"), 1);
		CHECK_EQ(spew(file, "1"), 1);
	}
	for (i = 0; i < 4; i++) {
		CHECK_EQ(waitpid(pids[i], &status, 0), pids[i]);
		CHECK_EQ(status, 0);
	}
}

static void the_order_of_bytes_and_more(void)
{
	need("sysfs", "/sys");
	CHECK(!strcmp(slurp("/sys/kernel/fscaps"), "1\n"));
	if (slurp("/sys/kernel/cpu_byteorder"))
		CHECK(!strcmp(slurp("/sys/kernel/cpu_byteorder"), "little\n"));
}

TESTS(TEST(it_is_sysfs), TEST(the_folders_are_there), TEST(a_device_is_found_by_its_number),
      TEST(links_are_relative), TEST(files_have_a_page_and_their_mode),
      TEST(a_uevent_is_asked_for_by_an_action), TEST(lists_of_cpus_agree_with_sysconf),
      TEST(topology_describes_each_cpu), TEST(a_cpu_can_be_taken_down_and_up),
      TEST(files_may_go_while_they_are_read), TEST(the_order_of_bytes_and_more),)
