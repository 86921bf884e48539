/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_USER_NAMESPACE_H
#define _LINUX_USER_NAMESPACE_H

/* There is one user namespace. It exists because interfaces name it. */

#include <linux/uidgid.h>

struct user_namespace {
	struct user_namespace *parent;
	int level;
	kuid_t owner;
	kgid_t group;
};

/** get_user_ns - one reference more: there is one, for ever */
static inline struct user_namespace *get_user_ns(struct user_namespace *ns)
{
	return ns;
}

/** put_user_ns - one reference less */
static inline void put_user_ns(struct user_namespace *ns)
{
	(void)ns;
}

#endif /* _LINUX_USER_NAMESPACE_H */
