// SPDX-License-Identifier: MIT
/*
 * /proc/sysvipc/{sem,msg,shm}: a head line, and a line for each object, of whatever permissions.
 */

#include "util.h"

#include <linux/bug.h>
#include <linux/init.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

/* What a file shows. */
static struct ipc_file {
	const char *header;
	void (*show)(struct seq_file *m, struct kern_ipc_perm *perm);
	enum ipc_kind kind;
} files[IPC_KINDS];

static struct proc_dir_entry *folder;

static struct ipc_ids *ids_of(struct seq_file *m)
{
	const struct ipc_file *f = pde_data(file_inode(m->file));

	return &current_ipc_ns()->ids[f->kind];
}

/* Position 0 is the head, position n + 1 the place n of the table. */
static void *object_from(struct seq_file *m, loff_t *pos)
{
	struct kern_ipc_perm *perm;
	int index = *pos - 1;

	if (*pos > IPC_MAX_OBJECTS)
		return NULL;
	perm = idr_get_next(&ids_of(m)->objects, &index);
	if (perm)
		*pos = index + 1;
	return perm;
}

static void *sysvipc_start(struct seq_file *m, loff_t *pos)
{
	down_read(&ids_of(m)->rwsem);
	return *pos == 0 ? SEQ_START_TOKEN : object_from(m, pos);
}

static void *sysvipc_next(struct seq_file *m, void *v, loff_t *pos)
{
	(void)v;
	++*pos;
	return object_from(m, pos);
}

static void sysvipc_stop(struct seq_file *m, void *v)
{
	(void)v;
	up_read(&ids_of(m)->rwsem);
}

static int sysvipc_show(struct seq_file *m, void *v)
{
	const struct ipc_file *f = pde_data(file_inode(m->file));
	struct kern_ipc_perm *perm = v;

	if (v == SEQ_START_TOKEN) {
		seq_puts(m, f->header);
		return 0;
	}
	spin_lock(&perm->lock);
	f->show(m, perm);
	spin_unlock(&perm->lock);
	return 0;
}

static const struct seq_operations sysvipc_ops = {
	.start = sysvipc_start,
	.next = sysvipc_next,
	.stop = sysvipc_stop,
	.show = sysvipc_show,
};

/** ipc_proc_file - make /proc/sysvipc/@name. At the start, on one CPU. */
void ipc_proc_file(const char *name, enum ipc_kind kind, const char *header,
		   void (*show)(struct seq_file *m, struct kern_ipc_perm *perm))
{
	struct ipc_file *f = &files[kind];

	if (!folder)
		folder = proc_mkdir("sysvipc", NULL);
	f->header = header;
	f->show = show;
	f->kind = kind;
	if (WARN_ON(!folder))
		return;
	proc_create_seq_data(name, 0444, folder, &sysvipc_ops, f);
}
