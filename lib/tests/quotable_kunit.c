// SPDX-License-Identifier: MIT
/*
 * Text made of kernel objects for logs and sequences: kstrdup_quotable*(), and what
 * <linux/seq_buf.h> does with paths, sequences, the log and user memory.
 */

#include <kunit/test.h>

#include <linux/dcache.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/mount.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/seq_buf.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string_helpers.h>
#include <linux/uaccess.h>

/* ---- strings ---- */

static void expect_quotable(struct kunit *test, const char *src, const char *want)
{
	char *got = kstrdup_quotable(src, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, got);
	KUNIT_EXPECT_STREQ(test, got, want);
	kfree(got);
}

static void what_ends_a_line_or_a_quotation_is_escaped(struct kunit *test)
{
	expect_quotable(test, "", "");
	expect_quotable(test, "/bin/ls -l 'x'", "/bin/ls -l 'x'");
	expect_quotable(test, "a\nb\tc\rd\fe\vf", "a\\x0ab\\x09c\\x0dd\\x0ce\\x0bf");
	expect_quotable(test, "\a\e[31m\"\\", "\\x07\\x1b[31m\\x22\\x5c");
	KUNIT_EXPECT_NULL(test, kstrdup_quotable(NULL, GFP_KERNEL));
}

/* ---- files ---- */

static struct file *open_odd_file(struct kunit *test, const char *name)
{
	struct file *f = filp_open(name, O_CREAT | O_RDWR | O_LARGEFILE, 0644);

	KUNIT_ASSERT_FALSE(test, IS_ERR(f));
	return f;
}

static void remove_odd_file(struct kunit *test, struct file *f)
{
	struct dentry *dir = dget_parent(f->f_path.dentry);

	inode_lock_nested(d_inode(dir), I_MUTEX_PARENT);
	KUNIT_EXPECT_EQ(test, vfs_unlink(&nop_mnt_idmap, d_inode(dir), f->f_path.dentry, NULL), 0);
	inode_unlock(d_inode(dir));
	dput(dir);
	__fput_sync(f);
}

static void a_file_has_its_path(struct kunit *test)
{
	struct file *f = open_odd_file(test, "/quotable\n\"name\"");
	char *got = kstrdup_quotable_file(f, GFP_KERNEL);

	remove_odd_file(test, f);
	KUNIT_ASSERT_NOT_NULL(test, got);
	KUNIT_EXPECT_STREQ(test, got, "/quotable\\x0a\\x22name\\x22");
	kfree(got);
}

static void no_file_is_unknown(struct kunit *test)
{
	char *got = kstrdup_quotable_file(NULL, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, got);
	KUNIT_EXPECT_STREQ(test, got, "<unknown>");
	kfree(got);
}

/* ---- command lines ---- */

/* A task of which nothing is there but what get_cmdline() looks at. */
static struct task_struct *task_with_args(struct kunit *test, const char *args, size_t nargs,
					  const char *env, size_t nenv)
{
	struct task_struct *t = kunit_kzalloc(test, sizeof(*t), GFP_KERNEL);
	struct mm_struct *mm = mm_alloc();
	unsigned long at, missed;

	KUNIT_ASSERT_NOT_NULL(test, t);
	KUNIT_ASSERT_NOT_NULL(test, mm);
	spin_lock_init(&t->alloc_lock);
	t->mm = mm;
	arch_pick_mmap_layout(mm, &current->signal->rlim[RLIMIT_STACK]);
	kthread_use_mm(mm);
	at = vm_mmap(NULL, 0, 3 * PAGE_SIZE, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS, 0);
	/* Over a border of pages. */
	at += PAGE_SIZE - 4;
	missed = copy_to_user((void __user *)at, args, nargs);
	missed += copy_to_user((void __user *)(at + nargs), env, nenv);
	kthread_unuse_mm(mm);
	KUNIT_EXPECT_EQ(test, missed, 0UL);
	mm->arg_start = at;
	mm->arg_end = mm->env_start = at + nargs;
	mm->env_end = at + nargs + nenv;
	return t;
}

static void expect_cmdline(struct kunit *test, struct task_struct *t, const char *want)
{
	char *got = kstrdup_quotable_cmdline(t, GFP_KERNEL);

	if (t->mm)
		mmput(t->mm);
	KUNIT_ASSERT_NOT_NULL(test, got);
	KUNIT_EXPECT_STREQ(test, got, want);
	kfree(got);
}

#define TEXT(s)	s, sizeof(s)

static void arguments_have_blanks_between(struct kunit *test)
{
	expect_cmdline(test, task_with_args(test, TEXT("/bin/echo\0-n\0a\nb"), TEXT("A=1")),
		       "/bin/echo -n a\\x0ab");
}

static void an_overwritten_text_goes_on_to_its_nul(struct kunit *test)
{
	expect_cmdline(test, task_with_args(test, "daemon: ", 8, TEXT("resting\0B=2")),
		       "daemon: resting");
}

static void empty_arguments_at_the_end_are_not_shown(struct kunit *test)
{
	expect_cmdline(test, task_with_args(test, TEXT("true\0\0"), TEXT("A=1")), "true");
}

static void a_task_without_user_memory_has_no_arguments(struct kunit *test)
{
	struct task_struct *t = kunit_kzalloc(test, sizeof(*t), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, t);
	spin_lock_init(&t->alloc_lock);
	expect_cmdline(test, t, "");
	expect_quotable(test, "", "");
}

static void a_command_line_is_cut_at_the_buffers_end(struct kunit *test)
{
	struct task_struct *t = task_with_args(test, TEXT("/bin/echo\0-n"), TEXT("A=1"));
	char buf[8] = "zzzzzzz";

	KUNIT_EXPECT_EQ(test, get_cmdline(t, buf, 6), 6);
	KUNIT_EXPECT_MEMEQ(test, buf, "/bin/ez", 7);
	mmput(t->mm);
}

/* ---- seq_buf ---- */

static void a_path_is_appended_with_escapes(struct kunit *test)
{
	struct file *f = open_odd_file(test, "/seq buf");
	char room[14];
	struct seq_buf s;

	seq_buf_init(&s, room, sizeof(room));
	seq_buf_puts(&s, "f=");
	KUNIT_EXPECT_EQ(test, seq_buf_path(&s, &f->f_path, " "), 11);
	KUNIT_EXPECT_STREQ(test, seq_buf_str(&s), "f=/seq\\040buf");

	/* One byte too few for the escaped name; too few for the name itself. */
	seq_buf_init(&s, room, 8);
	KUNIT_EXPECT_EQ(test, seq_buf_path(&s, &f->f_path, " "), -1);
	KUNIT_EXPECT_TRUE(test, seq_buf_has_overflowed(&s));
	seq_buf_init(&s, room, 10);
	KUNIT_EXPECT_EQ(test, seq_buf_path(&s, &f->f_path, " "), -1);
	KUNIT_EXPECT_TRUE(test, seq_buf_has_overflowed(&s));
	KUNIT_EXPECT_EQ(test, seq_buf_path(&s, &f->f_path, " "), -1);
	remove_odd_file(test, f);
}

static void a_text_goes_into_a_sequence(struct kunit *test)
{
	char text[8], room[8];
	struct seq_file m = { .buf = room, .size = sizeof(room) };
	struct seq_buf s;

	seq_buf_init(&s, text, sizeof(text));
	seq_buf_puts(&s, "abcde");
	KUNIT_EXPECT_EQ(test, seq_buf_print_seq(&m, &s), 0);
	KUNIT_EXPECT_EQ(test, m.count, 5UL);
	KUNIT_EXPECT_MEMEQ(test, room, "abcde", 5);
	KUNIT_EXPECT_EQ(test, seq_buf_print_seq(&m, &s), -1);
	KUNIT_EXPECT_TRUE(test, seq_has_overflowed(&m));
}

static void a_text_goes_to_user_memory_in_parts(struct kunit *test)
{
	struct task_struct *t = task_with_args(test, TEXT(""), TEXT(""));
	char __user *to = (char __user *)t->mm->arg_start;
	char text[8], back[8] = "";
	struct seq_buf s;

	seq_buf_init(&s, text, sizeof(text));
	seq_buf_puts(&s, "abcde");
	kthread_use_mm(t->mm);
	KUNIT_EXPECT_EQ(test, seq_buf_to_user(&s, to, 0, 3), 3);
	KUNIT_EXPECT_EQ(test, seq_buf_to_user(&s, to + 3, 3, 8), 2);
	KUNIT_EXPECT_EQ(test, copy_from_user(back, to, 5), 0UL);
	KUNIT_EXPECT_STREQ(test, back, "abcde");
	KUNIT_EXPECT_EQ(test, seq_buf_to_user(&s, to, 5, 8), -EBUSY);
	KUNIT_EXPECT_EQ(test, seq_buf_to_user(&s, to, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, seq_buf_to_user(&s, NULL, 0, 8), -EFAULT);
	kthread_unuse_mm(t->mm);
	mmput(t->mm);
}

static void a_number_is_appended_in_hex(struct kunit *test)
{
	const u8 bytes[] = { 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0x10 };
	char text[32];
	struct seq_buf s;

	seq_buf_init(&s, text, sizeof(text));
	KUNIT_EXPECT_EQ(test, seq_buf_putmem_hex(&s, bytes, 9), 0);
	KUNIT_EXPECT_STREQ(test, seq_buf_str(&s), "efcdab8967452301 10 ");
	seq_buf_init(&s, text, 17);
	KUNIT_EXPECT_EQ(test, seq_buf_putmem_hex(&s, bytes, 9), -1);
	KUNIT_EXPECT_TRUE(test, seq_buf_has_overflowed(&s));
}

static struct kunit_case quotable_cases[] = {
	KUNIT_CASE(what_ends_a_line_or_a_quotation_is_escaped),
	KUNIT_CASE(a_file_has_its_path),
	KUNIT_CASE(no_file_is_unknown),
	KUNIT_CASE(arguments_have_blanks_between),
	KUNIT_CASE(an_overwritten_text_goes_on_to_its_nul),
	KUNIT_CASE(empty_arguments_at_the_end_are_not_shown),
	KUNIT_CASE(a_task_without_user_memory_has_no_arguments),
	KUNIT_CASE(a_command_line_is_cut_at_the_buffers_end),
	KUNIT_CASE(a_path_is_appended_with_escapes),
	KUNIT_CASE(a_text_goes_into_a_sequence),
	KUNIT_CASE(a_text_goes_to_user_memory_in_parts),
	KUNIT_CASE(a_number_is_appended_in_hex),
	{}
};

static struct kunit_suite quotable_suite = { .name = "quotable", .test_cases = quotable_cases };
kunit_test_suite(quotable_suite);

MODULE_LICENSE("MIT");
