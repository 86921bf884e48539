// SPDX-License-Identifier: MIT
/*
 * A module with a fifo behind a file of /proc: what is written there comes out again. It includes
 * what such modules include, and checks its fifo when it is loaded.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/init.h>
#include <linux/kfifo.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>

static DEFINE_MUTEX(writers);
static DEFINE_MUTEX(readers);
static DECLARE_KFIFO_PTR(letters, char);

/* Twice round the ring, so that every call meets its end somewhere. */
static int __init letters_go_round(void)
{
	char in = 'a', out, want = 'a', block[3];

	while (want < 'z') {
		while (in <= 'z' && kfifo_put(&letters, in))
			in++;
		if (kfifo_out_peek(&letters, block, sizeof(block)) && block[0] != want)
			return -EIO;
		if (!kfifo_get(&letters, &out) || out != want++)
			return -EIO;
	}
	kfifo_reset_out(&letters);
	return kfifo_is_empty(&letters) ? 0 : -EIO;
}

static ssize_t letters_write(struct file *file, const char __user *from, size_t count,
			     loff_t *pos)
{
	unsigned int done;
	int err = mutex_lock_interruptible(&writers);

	if (err)
		return err;
	err = kfifo_from_user(&letters, from, count, &done);
	mutex_unlock(&writers);
	return err ?: done;
}

static ssize_t letters_read(struct file *file, char __user *to, size_t count, loff_t *pos)
{
	unsigned int done;
	int err = mutex_lock_interruptible(&readers);

	if (err)
		return err;
	err = kfifo_to_user(&letters, to, count, &done);
	mutex_unlock(&readers);
	return err ?: done;
}

static const struct proc_ops letters_ops = {
	.proc_read	= letters_read,
	.proc_write	= letters_write,
	.proc_lseek	= noop_llseek,
};

static int __init letters_init(void)
{
	int err = kfifo_alloc(&letters, 8, GFP_KERNEL);

	if (err)
		return err;
	err = letters_go_round();
	if (!err && !proc_create("extra-letters", 0, NULL, &letters_ops))
		err = -ENOMEM;
	if (err)
		kfifo_free(&letters);
	else
		pr_info("a ring of %u letters works\n", kfifo_size(&letters));
	return err;
}
module_init(letters_init);

static void __exit letters_exit(void)
{
	remove_proc_entry("extra-letters", NULL);
	kfifo_free(&letters);
}
module_exit(letters_exit);

MODULE_DESCRIPTION("A fifo behind a file");
MODULE_LICENSE("Dual MIT/GPL");
