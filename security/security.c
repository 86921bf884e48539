// SPDX-License-Identifier: MIT
/*
 * The table of security hooks, and asking the modules.
 *
 * Every hook has a list of the modules' functions. The lists are filled once, while the machine
 * starts on one CPU, and never change: asking needs no lock. The first function of a list turns the
 * hook's static key on; before that a call of the hook costs one nop.
 */

#include <linux/lsm_hooks.h>

#include <linux/cred.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/mman.h>
#include <linux/printk.h>
#include <linux/time64.h>

struct static_key_false security_hook_keys[NR_LSM_HOOKS];
static struct list_head hook_heads[NR_LSM_HOOKS] __ro_after_init;

/* ---- asking ---- */

#define for_each_hook(p, name)	list_for_each_entry(p, &hook_heads[LSM_HOOK_##name], list)

#undef LSM_ASK
#undef LSM_TELL
#define LSM_ASK(n, d, parameters, arguments)				\
	int __security_##n parameters					\
	{								\
		struct security_hook_list *asked;			\
		int ret = (d);						\
									\
		for_each_hook(asked, n) {					\
			ret = asked->fn.n arguments;			\
			if (ret != (d))					\
				break;					\
		}							\
		return ret;						\
	}
#define LSM_TELL(n, parameters, arguments)				\
	void __security_##n parameters					\
	{								\
		struct security_hook_list *asked;			\
									\
		for_each_hook(asked, n)					\
			asked->fn.n arguments;				\
	}
#define LSM_HOOK0(n, d)			LSM_ASK(n, d, (void), ())
#define LSM_HOOK1(n, d, t1, a1)		LSM_ASK(n, d, (t1 a1), (a1))
#define LSM_HOOK2(n, d, t1, a1, t2, a2)	LSM_ASK(n, d, (t1 a1, t2 a2), (a1, a2))
#define LSM_HOOK3(n, d, t1, a1, t2, a2, t3, a3)				\
	LSM_ASK(n, d, (t1 a1, t2 a2, t3 a3), (a1, a2, a3))
#define LSM_HOOK4(n, d, t1, a1, t2, a2, t3, a3, t4, a4)			\
	LSM_ASK(n, d, (t1 a1, t2 a2, t3 a3, t4 a4), (a1, a2, a3, a4))
#define LSM_HOOK5(n, d, t1, a1, t2, a2, t3, a3, t4, a4, t5, a5)		\
	LSM_ASK(n, d, (t1 a1, t2 a2, t3 a3, t4 a4, t5 a5), (a1, a2, a3, a4, a5))
#define LSM_HOOK6(n, d, t1, a1, t2, a2, t3, a3, t4, a4, t5, a5, t6, a6)	\
	LSM_ASK(n, d, (t1 a1, t2 a2, t3 a3, t4 a4, t5 a5, t6 a6),		\
		(a1, a2, a3, a4, a5, a6))
#define LSM_VOID1(n, t1, a1)		LSM_TELL(n, (t1 a1), (a1))
#define LSM_VOID2(n, t1, a1, t2, a2)	LSM_TELL(n, (t1 a1, t2 a2), (a1, a2))
#define LSM_VOID3(n, t1, a1, t2, a2, t3, a3)				\
	LSM_TELL(n, (t1 a1, t2 a2, t3 a3), (a1, a2, a3))
#define LSM_VOID5(n, t1, a1, t2, a2, t3, a3, t4, a4, t5, a5)		\
	LSM_TELL(n, (t1 a1, t2 a2, t3 a3, t4 a4, t5 a5), (a1, a2, a3, a4, a5))
#include <linux/lsm_hook_defs.h>

/**
 * security_vm_enough_memory_mm - may an address space be promised more pages?
 * @mm: whose
 * @pages: how many; they are counted if the answer is yes
 *
 * Each module says whether it counts the task as an administrator (0: yes); all must agree for the
 * reserve to be open to it.
 *
 * Return: 0 or -ENOMEM.
 */
int security_vm_enough_memory_mm(struct mm_struct *mm, long pages)
{
	struct security_hook_list *p;
	int cap_sys_admin = 1;

	for_each_hook(p, vm_enough_memory) {
		if (p->fn.vm_enough_memory(mm, pages)) {
			cap_sys_admin = 0;
			break;
		}
	}
	return __vm_enough_memory(mm, pages, cap_sys_admin);
}

/* ---- registering ---- */

/**
 * security_add_hooks - add a module's functions
 * @hooks: an array that stays
 * @count: its length
 * @lsmid: whose they are
 *
 * Context: while the machine starts, one CPU.
 */
void __init security_add_hooks(struct security_hook_list *hooks, int count,
			       const struct lsm_id *lsmid)
{
	int i;

	for (i = 0; i < count; i++) {
		hooks[i].lsmid = lsmid;
		list_add_tail(&hooks[i].list, &hook_heads[hooks[i].hook]);
		static_branch_enable(&security_hook_keys[hooks[i].hook]);
	}
}

static void __init start_modules(enum lsm_order order)
{
	const struct lsm_info *lsm;

	for (lsm = __start_lsm_info; lsm < __end_lsm_info; lsm++) {
		int err;

		if (lsm->order != order)
			continue;
		err = lsm->init();
		if (err)
			pr_err("LSM: %s did not start: %d\n", lsm->name, err);
		else
			pr_info("LSM: %s\n", lsm->name);
	}
}

/**
 * security_init - start the modules
 *
 * Context: boot, one CPU, before the first task that could be refused anything.
 * Return: 0.
 */
int __init security_init(void)
{
	int i;

	for (i = 0; i < NR_LSM_HOOKS; i++)
		INIT_LIST_HEAD(&hook_heads[i]);
	start_modules(LSM_ORDER_FIRST);
	start_modules(LSM_ORDER_MUTABLE);
	start_modules(LSM_ORDER_LAST);
	return 0;
}
