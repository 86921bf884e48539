/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LSM_HOOKS_H
#define _LINUX_LSM_HOOKS_H

/*
 * For those who write a security module: what it fills in, and how it registers.
 *
 *	static struct security_hook_list my_hooks[] __ro_after_init = {
 *		LSM_HOOK_INIT(capable, my_capable),
 *	};
 *	DEFINE_LSM(mine) = { .name = "mine", .init = my_init };
 *
 * and my_init() calls security_add_hooks().
 */

#include <linux/init.h>
#include <linux/list.h>
#include <linux/security.h>

/* A module's number, known to programs by lsm_list_modules(2). */
struct lsm_id {
	const char *name;
	u64 id;
};

#define LSM_HOOK0(n, d)						int (*n)(void);
#define LSM_HOOK1(n, d, t1, a1)					int (*n)(t1);
#define LSM_HOOK2(n, d, t1, a1, t2, a2)				int (*n)(t1, t2);
#define LSM_HOOK3(n, d, t1, a1, t2, a2, t3, a3)			int (*n)(t1, t2, t3);
#define LSM_HOOK4(n, d, t1, a1, t2, a2, t3, a3, t4, a4)		int (*n)(t1, t2, t3, t4);
#define LSM_HOOK5(n, d, t1, a1, t2, a2, t3, a3, t4, a4, t5, a5)	int (*n)(t1, t2, t3, t4, t5);
#define LSM_HOOK6(n, d, t1, a1, t2, a2, t3, a3, t4, a4, t5, a5, t6, a6) \
	int (*n)(t1, t2, t3, t4, t5, t6);
#define LSM_VOID1(n, t1, a1)					void (*n)(t1);
#define LSM_VOID2(n, t1, a1, t2, a2)				void (*n)(t1, t2);
#define LSM_VOID3(n, t1, a1, t2, a2, t3, a3)			void (*n)(t1, t2, t3);
#define LSM_VOID5(n, t1, a1, t2, a2, t3, a3, t4, a4, t5, a5)	void (*n)(t1, t2, t3, t4, t5);
union security_list_options {
#include <linux/lsm_hook_defs.h>
	void *any;
};
#undef LSM_HOOK0
#undef LSM_HOOK1
#undef LSM_HOOK2
#undef LSM_HOOK3
#undef LSM_HOOK4
#undef LSM_HOOK5
#undef LSM_HOOK6
#undef LSM_VOID1
#undef LSM_VOID2
#undef LSM_VOID3
#undef LSM_VOID5

/**
 * struct security_hook_list - one module's function for one hook
 * @list: in the hook's list, in the order of the modules
 * @hook: which
 * @fn: the function
 * @lsmid: whose
 */
struct security_hook_list {
	struct list_head list;
	enum lsm_hook_nr hook;
	union security_list_options fn;
	const struct lsm_id *lsmid;
};

#define LSM_HOOK_INIT(NAME, FUNC)	{ .hook = LSM_HOOK_##NAME, .fn = { .NAME = FUNC } }

void security_add_hooks(struct security_hook_list *hooks, int count,
			const struct lsm_id *lsmid);

enum lsm_order {
	LSM_ORDER_FIRST = -1,		/* capabilities */
	LSM_ORDER_MUTABLE = 0,
	LSM_ORDER_LAST = 1,
};

/**
 * struct lsm_info - a module, as the start of the machine finds it
 * @name: for the log
 * @order: when it is asked
 * @init: registers its hooks; returns 0 or -errno
 */
struct lsm_info {
	const char *name;
	enum lsm_order order;
	int (*init)(void);
};

extern const struct lsm_info __start_lsm_info[], __end_lsm_info[];

#define DEFINE_LSM(lsm)							\
	static const struct lsm_info __lsm_##lsm __used			\
		__section(".lsm_info.init") __aligned(sizeof(unsigned long))

#endif /* _LINUX_LSM_HOOKS_H */
