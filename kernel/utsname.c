// SPDX-License-Identifier: MIT
/* UTS namespaces: the names of the system and its host, which each can have of its own. */

#include <linux/utsname.h>

#include <linux/capability.h>
#include <linux/container_of.h>
#include <linux/err.h>
#include <linux/nsfs.h>
#include <linux/nsproxy.h>
#include <linux/rwsem.h>
#include <linux/sched/task.h>
#include <linux/slab.h>

static struct uts_namespace *to_uts_ns(struct ns_common *ns)
{
	return container_of(ns, struct uts_namespace, ns);
}

static struct uts_namespace *get_uts_ns(struct uts_namespace *ns)
{
	refcount_inc(&ns->ns.count);
	return ns;
}

/**
 * put_uts_ns - give a reference back; the last one frees the namespace
 * @ns: the namespace
 */
void put_uts_ns(struct uts_namespace *ns)
{
	if (!refcount_dec_and_test(&ns->ns.count))
		return;
	ns_free_inum(&ns->ns);
	kfree(ns);
}

/**
 * copy_utsname - a namespace for a new set
 * @flags: CLONE_NEWUTS: one of its own, with the names of @old
 * @old: the present one
 *
 * Return: referenced; an error pointer: -ENOMEM, -ENOSPC.
 */
struct uts_namespace *copy_utsname(u64 flags, struct uts_namespace *old)
{
	struct uts_namespace *ns;
	int err;

	if (!(flags & CLONE_NEWUTS))
		return get_uts_ns(old);
	ns = kzalloc(sizeof(*ns), GFP_KERNEL_ACCOUNT);
	if (!ns)
		return ERR_PTR(-ENOMEM);
	ns->ns.ops = &utsns_operations;
	refcount_set(&ns->ns.count, 1);
	err = ns_alloc_inum(&ns->ns);
	if (err) {
		kfree(ns);
		return ERR_PTR(err);
	}
	down_read(&uts_sem);
	ns->name = old->name;
	up_read(&uts_sem);
	return ns;
}

/* ---- as a file ---- */

static struct ns_common *utsns_get(struct task_struct *task)
{
	struct uts_namespace *ns = NULL;

	task_lock(task);
	if (task->nsproxy)
		ns = get_uts_ns(task->nsproxy->uts_ns);
	task_unlock(task);
	return ns ? &ns->ns : NULL;
}

static void utsns_put(struct ns_common *ns)
{
	put_uts_ns(to_uts_ns(ns));
}

static int utsns_install(struct nsproxy *set, struct ns_common *ns)
{
	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	put_uts_ns(set->uts_ns);
	set->uts_ns = get_uts_ns(to_uts_ns(ns));
	return 0;
}

const struct proc_ns_operations utsns_operations = {
	.name		= "uts",
	.type		= CLONE_NEWUTS,
	.get		= utsns_get,
	.put		= utsns_put,
	.install	= utsns_install,
};
