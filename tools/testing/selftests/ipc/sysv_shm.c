// SPDX-License-Identifier: MIT
/* System V shared memory. */

#include <sys/mman.h>
#include <sys/shm.h>
#include <time.h>

#include "sysv_ipc.h"

#define PAGE	4096UL
#define BAD	((void *)-1)

static int new_segment(size_t size)
{
	int id = shmget(IPC_PRIVATE, size, 0600);

	CHECK(id >= 0);
	return id;
}

static struct shmid_ds state_of(int id)
{
	struct shmid_ds ds;

	CHECK_EQ(shmctl(id, IPC_STAT, &ds), 0);
	return ds;
}

static void remove_segment(int id)
{
	CHECK_EQ(shmctl(id, IPC_RMID, NULL), 0);
}

static void a_key_finds_its_segment(void)
{
	int id = shmget(own_key(), 5000, IPC_CREAT | IPC_EXCL | 0600);

	CHECK(id >= 0);
	CHECK_EQ(shmget(own_key(), 0, 0), id);
	CHECK_EQ(shmget(own_key(), 5000, IPC_CREAT | 0600), id);
	CHECK_ERR(shmget(own_key(), 5001, 0600), EINVAL);
	CHECK_ERR(shmget(own_key(), 1, IPC_CREAT | IPC_EXCL), EEXIST);
	remove_segment(id);
	CHECK_ERR(shmget(own_key(), 0, 0), ENOENT);
	CHECK_ERR(shmget(IPC_PRIVATE, 0, 0600), EINVAL);
	CHECK_ERR(shmget(IPC_PRIVATE, ~0UL, 0600), EINVAL);
}

static int read_it(void *arg)
{
	int *there = shmat(*(int *)arg, NULL, SHM_RDONLY);

	CHECK(there != BAD);
	return *there;
}

static void what_one_writes_another_reads(void)
{
	int id = new_segment(2 * PAGE), *here = shmat(id, NULL, 0);

	CHECK(here != BAD);
	CHECK_EQ(*here, 0);
	*here = 77;
	CHECK_EQ(end_of(start_child(read_it, &id)), 77);
	CHECK_EQ(shmdt(here), 0);
	/* It stays while nobody is attached. */
	CHECK_EQ(end_of(start_child(read_it, &id)), 77);
	remove_segment(id);
}

static int shut(void *arg)
{
	*(volatile char *)arg = 1;
	return 0;
}

static void read_only_is_read_only(void)
{
	int id = new_segment(PAGE);
	char *p = shmat(id, NULL, SHM_RDONLY);

	CHECK(p != BAD);
	CHECK_EQ(end_of(start_child(shut, p)), 128 + SIGSEGV);
	CHECK_ERR(mprotect(p, PAGE, PROT_READ | PROT_WRITE), EACCES);
	remove_segment(id);
}

static void attachments_are_counted(void)
{
	int id = new_segment(3 * PAGE);
	char *a = shmat(id, NULL, 0), *b = shmat(id, NULL, 0);
	struct shmid_ds ds = state_of(id);

	CHECK(a != BAD && b != BAD && a != b);
	CHECK_EQ(ds.shm_nattch, 2);
	CHECK_EQ(ds.shm_segsz, 3 * PAGE);
	CHECK_EQ(ds.shm_cpid, getpid());
	CHECK_EQ(ds.shm_lpid, getpid());
	CHECK(ds.shm_atime >= ds.shm_ctime);
	CHECK_EQ(ds.shm_dtime, 0);
	/* A mapping that is split counts twice. */
	CHECK_EQ(munmap(a + PAGE, PAGE), 0);
	CHECK_EQ(state_of(id).shm_nattch, 3);
	CHECK_EQ(shmdt(a), 0);
	CHECK_EQ(state_of(id).shm_nattch, 1);
	CHECK(state_of(id).shm_dtime >= ds.shm_atime);
	CHECK_ERR(shmdt(a), EINVAL);
	CHECK_EQ(shmdt(b), 0);
	CHECK_EQ(state_of(id).shm_nattch, 0);
	remove_segment(id);
}

static int how_many(void *arg)
{
	return state_of(*(int *)arg).shm_nattch;
}

static void a_fork_is_attached_too(void)
{
	int id = new_segment(PAGE);
	char *p = shmat(id, NULL, 0);

	CHECK(p != BAD);
	CHECK_EQ(end_of(start_child(how_many, &id)), 2);
	CHECK_EQ(state_of(id).shm_nattch, 1);
	remove_segment(id);
}

static void a_segment_goes_with_its_last_attachment(void)
{
	int id = shmget(own_key(), PAGE, IPC_CREAT | 0600);
	char *p = shmat(id, NULL, 0), *q;

	CHECK(p != BAD);
	remove_segment(id);
	/* By its key nobody finds it; by its id it lives. */
	CHECK_ERR(shmget(own_key(), 0, 0), ENOENT);
	CHECK_EQ(state_of(id).shm_perm.mode & 01000, 01000);
	q = shmat(id, NULL, 0);
	CHECK(q != BAD);
	*p = 5;
	CHECK_EQ(*q, 5);
	CHECK_EQ(shmdt(p), 0);
	CHECK_EQ(*q, 5);
	CHECK_EQ(shmdt(q), 0);
	CHECK_ERR(shmctl(id, IPC_STAT, &(struct shmid_ds){}), EINVAL);
	CHECK(shmat(id, NULL, 0) == BAD && errno == EINVAL);
}

static void an_address_is_chosen(void)
{
	char *place = mmap(NULL, 4 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), *p;
	int id = new_segment(2 * PAGE);

	CHECK(place != MAP_FAILED);
	CHECK(shmat(id, place, 0) == BAD && errno == EINVAL);
	CHECK(shmat(id, place + 1, 0) == BAD && errno == EINVAL);
	CHECK(shmat(id, NULL, SHM_REMAP) == BAD && errno == EINVAL);
	p = shmat(id, place, SHM_REMAP);
	CHECK(p == place);
	*p = 1;
	CHECK_EQ(shmdt(p), 0);
	CHECK_EQ(munmap(place, 4 * PAGE), 0);
	p = shmat(id, place + 100, SHM_RND);
	CHECK(p == place);
	CHECK_EQ(*p, 1);
	CHECK_ERR(shmdt(p + 1), EINVAL);
	CHECK_ERR(shmdt(p + PAGE), EINVAL);
	CHECK_EQ(shmdt(p), 0);
	remove_segment(id);
}

static int as_nobody(void *arg)
{
	int id = *(int *)arg;
	struct shmid_ds ds;
	char *p;

	become_nobody();
	CHECK(shmat(id, NULL, 0) == BAD && errno == EACCES);
	p = shmat(id, NULL, SHM_RDONLY);
	CHECK(p != BAD);
	CHECK_EQ(shmctl(id, IPC_STAT, &ds), 0);
	CHECK_ERR(shmctl(id, IPC_SET, &ds), EPERM);
	CHECK_ERR(shmctl(id, IPC_RMID, NULL), EPERM);
	CHECK_ERR(shmctl(id, SHM_LOCK, NULL), EPERM);
	return 0;
}

static void rights_are_heeded(void)
{
	int id = shmget(IPC_PRIVATE, PAGE, 0644), end;

	CHECK(id >= 0);
	end = end_of(start_child(as_nobody, &id));
	remove_segment(id);
	if (end == EXIT_SKIP)
		SKIP("needs root");
	CHECK_EQ(end, 0);
}

static void arguments_are_checked(void)
{
	int id = new_segment(PAGE);

	CHECK_ERR(shmctl(id, 99, NULL), EINVAL);
	CHECK_ERR(shmctl(-1, IPC_STAT, NULL), EINVAL);
	CHECK_ERR(shmctl(id, IPC_STAT, (void *)8), EFAULT);
	CHECK_ERR(shmctl(id, IPC_SET, (void *)8), EFAULT);
	CHECK(shmat(-1, NULL, 0) == BAD && errno == EINVAL);
	CHECK_ERR(shmdt((void *)8), EINVAL);
	CHECK_ERR(shmdt(NULL), EINVAL);
	remove_segment(id);
}

static void a_segment_is_locked_in_memory(void)
{
	int id = new_segment(PAGE);

	if (shmctl(id, SHM_LOCK, NULL))
		SKIP("may not lock");
	CHECK_EQ(state_of(id).shm_perm.mode, 02600);
	CHECK_EQ(shmctl(id, SHM_UNLOCK, NULL), 0);
	CHECK_EQ(state_of(id).shm_perm.mode, 0600);
	remove_segment(id);
}

static void the_table_tells_of_all(void)
{
	struct shmid_ds ds;
	struct shm_info info;
	int id = new_segment(PAGE), highest, i, seen = 0;
	char *p = shmat(id, NULL, 0);

	CHECK(p != BAD);
	*p = 1;
	highest = shmctl(0, SHM_INFO, (struct shmid_ds *)&info);
	CHECK(highest >= 0);
	CHECK(info.used_ids >= 1 && info.shm_tot >= 1 && info.shm_rss >= 1);
	for (i = 0; i <= highest; i++)
		seen += shmctl(i, SHM_STAT, &ds) == id;
	CHECK_EQ(seen, 1);
	remove_segment(id);
}

static void maps_show_it(void)
{
	int key = own_key(), id = shmget(key, PAGE, IPC_CREAT | 0600);
	char line[256], name[64], *p = shmat(id, NULL, 0);
	FILE *maps = fopen("/proc/self/maps", "r");
	bool seen = false;

	CHECK(p != BAD && maps);
	snprintf(name, sizeof(name), " %d ", id);
	while (fgets(line, sizeof(line), maps))
		if (strtoul(line, NULL, 16) == (unsigned long)p)
			seen = strstr(line, "/SYSV") && strstr(line, " (deleted)") &&
				strstr(line, name);
	fclose(maps);
	remove_segment(id);
	CHECK(seen);
}

static void proc_lists_it(void)
{
	int id = new_segment(12345), got;
	char line[512];
	FILE *f = fopen("/proc/sysvipc/shm", "r");
	unsigned long size = 0;
	bool seen = false;

	CHECK(f);
	CHECK(fgets(line, sizeof(line), f));
	CHECK(strstr(line, "shmid perms"));
	while (fgets(line, sizeof(line), f))
		if (sscanf(line, "%*d %d %*o %lu", &got, &size) == 2 && got == id)
			seen = size == 12345;
	fclose(f);
	remove_segment(id);
	CHECK(seen);
}

TESTS(
	TEST(a_key_finds_its_segment),
	TEST(what_one_writes_another_reads),
	TEST(read_only_is_read_only),
	TEST(attachments_are_counted),
	TEST(a_fork_is_attached_too),
	TEST(a_segment_goes_with_its_last_attachment),
	TEST(an_address_is_chosen),
	TEST(rights_are_heeded),
	TEST(arguments_are_checked),
	TEST(a_segment_is_locked_in_memory),
	TEST(the_table_tells_of_all),
	TEST(maps_show_it),
	TEST(proc_lists_it),
)
