/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_UIDGID_H
#define _LINUX_UIDGID_H

/*
 * User and group ids, as the kernel keeps them and as a program sees them.
 *
 * kuid_t and kgid_t are types of their own so that the two are not mixed up. There is one user
 * namespace, the initial one, in which both are the same number; -1 is "none" in both.
 */

#include <linux/types.h>
#include <linux/uidgid_types.h>

struct user_namespace;
extern struct user_namespace init_user_ns;

#define KUIDT_INIT(value)	((kuid_t){ value })
#define KGIDT_INIT(value)	((kgid_t){ value })

#define GLOBAL_ROOT_UID		KUIDT_INIT(0)
#define GLOBAL_ROOT_GID		KGIDT_INIT(0)
#define INVALID_UID		KUIDT_INIT(-1)
#define INVALID_GID		KGIDT_INIT(-1)

/** __kuid_val - the number in it */
static inline uid_t __kuid_val(kuid_t uid)
{
	return uid.val;
}

/** __kgid_val - the number in it */
static inline gid_t __kgid_val(kgid_t gid)
{
	return gid.val;
}

/** uid_eq - the same user? */
static inline bool uid_eq(kuid_t left, kuid_t right)
{
	return __kuid_val(left) == __kuid_val(right);
}

/** gid_eq - the same group? */
static inline bool gid_eq(kgid_t left, kgid_t right)
{
	return __kgid_val(left) == __kgid_val(right);
}

/** uid_gt - for sorting */
static inline bool uid_gt(kuid_t left, kuid_t right)
{
	return __kuid_val(left) > __kuid_val(right);
}

/** gid_gt - for sorting */
static inline bool gid_gt(kgid_t left, kgid_t right)
{
	return __kgid_val(left) > __kgid_val(right);
}

/** uid_lt - for sorting */
static inline bool uid_lt(kuid_t left, kuid_t right)
{
	return __kuid_val(left) < __kuid_val(right);
}

/** gid_lt - for sorting */
static inline bool gid_lt(kgid_t left, kgid_t right)
{
	return __kgid_val(left) < __kgid_val(right);
}

/** uid_valid - is it a user, and not -1? */
static inline bool uid_valid(kuid_t uid)
{
	return __kuid_val(uid) != (uid_t)-1;
}

/** gid_valid - is it a group, and not -1? */
static inline bool gid_valid(kgid_t gid)
{
	return __kgid_val(gid) != (gid_t)-1;
}

/** make_kuid - the user whom a program means; there is one user namespace */
static inline kuid_t make_kuid(struct user_namespace *from, uid_t uid)
{
	(void)from;
	return KUIDT_INIT(uid);
}

/** make_kgid - the group that a program means */
static inline kgid_t make_kgid(struct user_namespace *from, gid_t gid)
{
	(void)from;
	return KGIDT_INIT(gid);
}

/** from_kuid - a user as a program is told */
static inline uid_t from_kuid(struct user_namespace *to, kuid_t kuid)
{
	(void)to;
	return __kuid_val(kuid);
}

/** from_kgid - a group as a program is told */
static inline gid_t from_kgid(struct user_namespace *to, kgid_t kgid)
{
	(void)to;
	return __kgid_val(kgid);
}

/** from_kuid_munged - from_kuid() for programs that have to be told some id */
static inline uid_t from_kuid_munged(struct user_namespace *to, kuid_t kuid)
{
	return from_kuid(to, kuid);
}

/** from_kgid_munged - from_kgid() for programs that have to be told some id */
static inline gid_t from_kgid_munged(struct user_namespace *to, kgid_t kgid)
{
	return from_kgid(to, kgid);
}

/** kuid_has_mapping - can a program of that namespace be told of this user? */
static inline bool kuid_has_mapping(struct user_namespace *ns, kuid_t uid)
{
	(void)ns;
	return uid_valid(uid);
}

/** kgid_has_mapping - can a program of that namespace be told of this group? */
static inline bool kgid_has_mapping(struct user_namespace *ns, kgid_t gid)
{
	(void)ns;
	return gid_valid(gid);
}

#endif /* _LINUX_UIDGID_H */
