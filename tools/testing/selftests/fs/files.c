// SPDX-License-Identifier: MIT
/* Files: positions, vectors, sizes, descriptors, attributes, and addresses that are none. */

#include "dir.h"

#include <dirent.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/xattr.h>
#include <time.h>

/* Volatile, as compilers know better than to pass these. */
static void *volatile wild_address = (void *)8;
static volatile int too_few = -1, too_many = 1025;
#define WILD	wild_address

static char buf[8192];

static void reads_and_writes_move_the_position(void)
{
	int fd;

	enter_fresh_dir();
	fd = make_file("f", "hello world");
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 11);
	CHECK_EQ(lseek(fd, -5, SEEK_END), 6);
	CHECK_EQ(read(fd, buf, 100), 5);
	CHECK_EQ(memcmp(buf, "world", 5), 0);
	CHECK_EQ(read(fd, buf, 100), 0);
	CHECK_EQ(pread(fd, buf, 3, 1), 3);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 11);
	CHECK_ERR(lseek(fd, -1, SEEK_SET), EINVAL);
	CHECK_ERR(lseek(fd, 0, 77), EINVAL);
	CHECK_ERR(pread(fd, buf, 1, -1), EINVAL);
}

static void append_writes_at_the_end(void)
{
	int fd;

	enter_fresh_dir();
	close(make_file("f", "ab"));
	fd = open("f", O_RDWR | O_APPEND);
	CHECK_EQ(write(fd, "cd", 2), 2);
	CHECK_EQ(pread(fd, buf, 10, 0), 4);
	CHECK_EQ(fcntl(fd, F_SETFL, 0), 0);
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQ(write(fd, "x", 1), 1);
	CHECK_EQ(pread(fd, buf, 10, 0), 4);
	CHECK_EQ(memcmp(buf, "xbcd", 4), 0);
}

static void vectors_are_read_and_written_in_order(void)
{
	struct iovec v[3] = { { "ab", 2 }, { "", 0 }, { "cde", 3 } };
	struct iovec r[2] = { { buf, 1 }, { buf + 10, 100 } };
	int fd;

	enter_fresh_dir();
	fd = make_file("f", "");
	CHECK_EQ(writev(fd, v, 3), 5);
	CHECK_EQ(preadv(fd, r, 2, 1), 4);
	CHECK(buf[0] == 'b' && !memcmp(buf + 10, "cde", 3));
	CHECK_EQ(pwritev(fd, v, 1, 100), 2);
	CHECK_EQ(lseek(fd, 0, SEEK_END), 102);
	CHECK_ERR(readv(fd, r, too_few), EINVAL);
	CHECK_ERR(readv(fd, r, too_many), EINVAL);
	CHECK_ERR(preadv2(fd, r, 1, 0, 0x40000000), EOPNOTSUPP);
	CHECK_ERR(readv(fd, WILD, 1), EFAULT);
}

static void truncation_cuts_and_fills_with_zeros(void)
{
	struct stat st;
	int fd;

	enter_fresh_dir();
	fd = make_file("f", "abcdef");
	CHECK_EQ(ftruncate(fd, 2), 0);
	CHECK_EQ(truncate("f", 5), 0);
	CHECK_EQ(pread(fd, buf, 10, 0), 5);
	CHECK_EQ(memcmp(buf, "ab\0\0\0", 5), 0);
	CHECK(!fstat(fd, &st) && st.st_size == 5);
	CHECK_ERR(ftruncate(fd, -1), EINVAL);
	CHECK_ERR(truncate(".", 0), EISDIR);
	close(fd);
	fd = open("f", O_RDONLY);
	CHECK_ERR(ftruncate(fd, 0), EINVAL);
}

static void descriptors_are_duplicated(void)
{
	int fd;

	enter_fresh_dir();
	fd = make_file("f", "x");
	CHECK_EQ(fcntl(fd, F_DUPFD, 50), 50);
	CHECK_EQ(fcntl(50, F_GETFD), 0);
	CHECK_EQ(ioctl(50, FIOCLEX), 0);
	CHECK_EQ(fcntl(50, F_GETFD), FD_CLOEXEC);
	CHECK_EQ(dup2(fd, 60), 60);
	CHECK_EQ(dup2(fd, fd), fd);
	CHECK_EQ(dup3(fd, 61, O_CLOEXEC), 61);
	CHECK_ERR(dup3(fd, fd, 0), EINVAL);
	CHECK_ERR(dup2(fd, -1), EBADF);
	CHECK_ERR(fcntl(fd, F_DUPFD, -1), EINVAL);
	CHECK_EQ(lseek(60, 0, SEEK_SET), 0);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 0);
	CHECK_EQ(syscall(SYS_close_range, 50, 61, 0), 0);
	CHECK_ERR(fcntl(60, F_GETFD), EBADF);
	CHECK_ERR(close(50), EBADF);
}

static void stat_tells_what_is_there(void)
{
	struct statx sx;
	struct statfs sf;
	struct stat st;
	int fd;

	enter_fresh_dir();
	fd = make_file("f", "12345");
	CHECK_EQ(fstat(fd, &st), 0);
	CHECK(S_ISREG(st.st_mode) && st.st_size == 5 && st.st_nlink == 1);
	CHECK_EQ(statx(AT_FDCWD, "f", 0, STATX_ALL, &sx), 0);
	CHECK(sx.stx_ino == st.st_ino && sx.stx_mode == st.st_mode && sx.stx_size == 5);
	CHECK_EQ(fstatat(fd, "", &st, AT_EMPTY_PATH), 0);
	CHECK_ERR(fstatat(AT_FDCWD, "f", &st, 1), EINVAL);
	CHECK_ERR(statx(AT_FDCWD, "f", 0, 0x80000000, &sx), EINVAL);
	CHECK_EQ(statfs(".", &sf), 0);
	CHECK_EQ(sf.f_namelen, 255);
	CHECK_EQ(fstatfs(fd, &sf), 0);
}

static void owners_modes_and_times_are_set(void)
{
	struct timespec ts[2] = { { 1000, 5 }, { 2000, 7 } };
	struct stat st;

	enter_fresh_dir();
	close(make_file("f", ""));
	CHECK_EQ(chmod("f", 04755), 0);
	CHECK(!stat("f", &st) && (st.st_mode & 07777) == 04755);
	CHECK_EQ(utimensat(AT_FDCWD, "f", ts, 0), 0);
	CHECK(!stat("f", &st) && st.st_atim.tv_sec == 1000 && st.st_mtim.tv_nsec == 7);
	ts[0].tv_nsec = UTIME_OMIT;
	ts[1].tv_sec = 3000;
	CHECK_EQ(utimensat(AT_FDCWD, "f", ts, 0), 0);
	CHECK(!stat("f", &st) && st.st_atim.tv_sec == 1000 && st.st_mtim.tv_sec == 3000);
	ts[1].tv_nsec = 1000000000;
	CHECK_ERR(utimensat(AT_FDCWD, "f", ts, 0), EINVAL);
	need_root();
	CHECK_EQ(chown("f", 5, 6), 0);
	/* The new owner didn't ask for the set-id bit. */
	CHECK(!stat("f", &st) && st.st_uid == 5 && st.st_gid == 6 && !(st.st_mode & S_ISUID));
}

static void access_asks_for_rights(void)
{
	enter_fresh_dir();
	close(make_file("f", ""));
	CHECK_EQ(access("f", R_OK | W_OK), 0);
	CHECK_ERR(access("f", X_OK), EACCES);
	CHECK_ERR(access("f", 64), EINVAL);
	CHECK_ERR(access("g", F_OK), ENOENT);
	CHECK_EQ(faccessat(AT_FDCWD, "f", R_OK, AT_EACCESS), 0);
}

static void directories_are_listed(void)
{
	int n = 0, dots = 0;
	struct dirent *e;
	DIR *d;

	enter_fresh_dir();
	CHECK_EQ(mkdir("sub", 0700), 0);
	close(make_file("f", ""));
	CHECK_EQ(symlink("f", "s"), 0);
	d = opendir(".");
	CHECK(d);
	while ((e = readdir(d))) {
		n++;
		dots += e->d_name[0] == '.';
		CHECK(strcmp(e->d_name, "s") || e->d_type == DT_LNK);
	}
	CHECK_EQ(n, 5);
	CHECK_EQ(dots, 2);
	rewinddir(d);
	CHECK(readdir(d));
	closedir(d);
	CHECK_ERR(syscall(SYS_getdents64, open("f", O_RDONLY), buf, sizeof(buf)), ENOTDIR);
	CHECK_ERR(syscall(SYS_getdents64, open(".", O_RDONLY), buf, 3), EINVAL);
}

static void files_are_copied_in_the_kernel(void)
{
	loff_t in = 0, out = 20000;
	off_t off = 100;
	int a, b;

	enter_fresh_dir();
	a = make_file("a", "");
	b = make_file("b", "");
	memset(buf, 'q', sizeof(buf));
	CHECK_EQ(write(a, buf, 8192), 8192);
	CHECK_EQ(sendfile(b, a, &off, 5000), 5000);
	CHECK_EQ(off, 5100);
	CHECK_EQ(lseek(b, 0, SEEK_CUR), 5000);
	CHECK_EQ(copy_file_range(a, &in, a, &out, 4000, 0), 4000);
	CHECK(in == 4000 && out == 24000);
	CHECK_ERR(copy_file_range(a, &in, a, &in, 100, 0), EINVAL);
	CHECK_ERR(copy_file_range(a, NULL, b, NULL, 1, 7), EINVAL);
	CHECK_ERR(sendfile(b, a, WILD, 1), EFAULT);
}

static void a_file_without_a_name_can_get_one(void)
{
	struct stat st;
	int fd;

	enter_fresh_dir();
	fd = open(".", O_TMPFILE | O_RDWR, 0600);
	if (fd < 0 && errno == EOPNOTSUPP)
		SKIP("no O_TMPFILE here");
	CHECK(fd >= 0);
	CHECK(!fstat(fd, &st) && st.st_nlink == 0);
	need_root();
	CHECK_EQ(linkat(fd, "", AT_FDCWD, "named", AT_EMPTY_PATH), 0);
	CHECK(!stat("named", &st) && st.st_nlink == 1);
}

static void attributes_are_kept(void)
{
	int fd;

	enter_fresh_dir();
	fd = make_file("f", "");
	if (fsetxattr(fd, "user.a", "val", 3, 0) && errno == EOPNOTSUPP)
		SKIP("no extended attributes here");
	CHECK_EQ(fgetxattr(fd, "user.a", buf, 100), 3);
	CHECK_EQ(fgetxattr(fd, "user.a", NULL, 0), 3);
	CHECK_ERR(fgetxattr(fd, "user.a", buf, 2), ERANGE);
	CHECK_ERR(fsetxattr(fd, "user.a", "v", 1, XATTR_CREATE), EEXIST);
	CHECK_ERR(fsetxattr(fd, "user.b", "v", 1, XATTR_REPLACE), ENODATA);
	CHECK_ERR(fsetxattr(fd, "nonsense", "v", 1, 0), EOPNOTSUPP);
	CHECK_EQ(fremovexattr(fd, "user.a"), 0);
	CHECK_ERR(fgetxattr(fd, "user.a", buf, 1), ENODATA);
}

/* There may be no room for one more; there always is for less than there was. */
static void a_full_file_takes_smaller_attributes(void)
{
	char name[32], value[32];
	int fd, nr = 0, i;

	enter_fresh_dir();
	fd = make_file("f", "");
	for (; nr < 4000; nr++) {
		snprintf(name, sizeof(name), "user.number_%d", nr);
		snprintf(value, sizeof(value), "the first of %d", nr);
		if (fsetxattr(fd, name, value, strlen(value), XATTR_CREATE))
			break;
	}
	if (!nr && errno == EOPNOTSUPP)
		SKIP("no extended attributes here");
	CHECK(nr > 100 && (nr == 4000 || errno == ENOSPC));
	for (i = 0; i < nr; i++) {
		snprintf(name, sizeof(name), "user.number_%d", i);
		snprintf(value, sizeof(value), "now %d", i);
		CHECK_EQ(fsetxattr(fd, name, value, strlen(value), XATTR_REPLACE), 0);
		CHECK_EQ(fgetxattr(fd, name, buf, sizeof(buf)), (long)strlen(value));
		CHECK_EQ(memcmp(buf, value, strlen(value)), 0);
	}
}

static void wild_addresses_are_efault(void)
{
	int fd;

	enter_fresh_dir();
	fd = make_file("f", "x");
	lseek(fd, 0, SEEK_SET);
	CHECK_ERR(read(fd, WILD, 1), EFAULT);
	CHECK_ERR(write(fd, WILD, 1), EFAULT);
	CHECK_ERR(open(WILD, 0), EFAULT);
	CHECK_ERR(syscall(SYS_newfstatat, AT_FDCWD, "f", WILD, 0), EFAULT);
	CHECK_ERR(syscall(SYS_newfstatat, AT_FDCWD, (void *)-1L, buf, 0), EFAULT);
	CHECK_ERR(syscall(SYS_getcwd, WILD, 4096), EFAULT);
	CHECK_ERR(syscall(SYS_getdents64, open(".", 0), WILD, 4096), EFAULT);
	CHECK_ERR(syscall(SYS_statx, AT_FDCWD, "f", 0, 0, WILD), EFAULT);
	CHECK_ERR(syscall(SYS_openat2, AT_FDCWD, "f", WILD, 24), EFAULT);
}

TESTS(
	TEST(reads_and_writes_move_the_position),
	TEST(append_writes_at_the_end),
	TEST(vectors_are_read_and_written_in_order),
	TEST(truncation_cuts_and_fills_with_zeros),
	TEST(descriptors_are_duplicated),
	TEST(stat_tells_what_is_there),
	TEST(owners_modes_and_times_are_set),
	TEST(access_asks_for_rights),
	TEST(directories_are_listed),
	TEST(files_are_copied_in_the_kernel),
	TEST(a_file_without_a_name_can_get_one),
	TEST(attributes_are_kept),
	TEST(a_full_file_takes_smaller_attributes),
	TEST(wild_addresses_are_efault),
)
