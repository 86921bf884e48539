// SPDX-License-Identifier: MIT
/*
 * Ids, keys and references of System V objects, in a table of our own; and the steps of semop() on
 * a set that is in no table.
 */

#include <kunit/test.h>

#include "../sem.h"

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/slab.h>

#define KEY	0x4c454354

struct thing {
	struct kern_ipc_perm perm;
	bool *freed;
};

static void release_thing(struct kern_ipc_perm *perm)
{
	struct thing *thing = container_of(perm, struct thing, perm);

	if (thing->freed)
		WRITE_ONCE(*thing->freed, true);
	kfree(thing);
}

static struct ipc_ids *empty_table(struct kunit *test)
{
	struct ipc_ids *ids = kunit_kzalloc(test, sizeof(*ids), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, ids);
	init_rwsem(&ids->rwsem);
	idr_init(&ids->objects);
	hash_init(ids->keys);
	ids->last_index = -1;
	return ids;
}

/* A new thing's id, or what ipc_add() said. */
static int add_thing(struct kunit *test, struct ipc_ids *ids, int limit, bool *freed)
{
	const struct ipc_params params = { .key = KEY, .flags = IPC_CREAT | 0640 };
	struct thing *thing = kzalloc(sizeof(*thing), GFP_KERNEL);
	int id;

	KUNIT_ASSERT_NOT_NULL(test, thing);
	thing->perm.release = release_thing;
	thing->freed = freed;
	down_write(&ids->rwsem);
	id = ipc_add(ids, &thing->perm, &params, limit);
	up_write(&ids->rwsem);
	if (id < 0)
		kfree(thing);
	return id;
}

static void remove_thing(struct ipc_ids *ids, int id)
{
	struct kern_ipc_perm *perm;

	down_write(&ids->rwsem);
	perm = ipc_lock_id(ids, id);
	if (!IS_ERR(perm)) {
		ipc_remove(ids, perm);
		ipc_unlock(perm);
		ipc_put(perm);
	}
	up_write(&ids->rwsem);
}

static void an_id_names_its_object(struct kunit *test)
{
	struct ipc_ids *ids = empty_table(test);
	int id = add_thing(test, ids, 4, NULL);
	struct kern_ipc_perm *perm;

	KUNIT_ASSERT_GE(test, id, 0);
	perm = ipc_lock_id(ids, id);
	KUNIT_ASSERT_FALSE(test, IS_ERR(perm));
	KUNIT_EXPECT_EQ(test, perm->id, id);
	KUNIT_EXPECT_EQ(test, (int)perm->mode, 0640);
	ipc_unlock(perm);
	KUNIT_EXPECT_EQ(test, ids->in_use, 1);
	remove_thing(ids, id);
	KUNIT_EXPECT_EQ(test, ids->in_use, 0);
	idr_destroy(&ids->objects);
}

static void an_old_id_names_nothing(struct kunit *test)
{
	struct ipc_ids *ids = empty_table(test);
	int old = add_thing(test, ids, 4, NULL), new;

	remove_thing(ids, old);
	KUNIT_EXPECT_EQ(test, PTR_ERR(ipc_lock_id(ids, old)), -EINVAL);
	new = add_thing(test, ids, 4, NULL);
	KUNIT_EXPECT_NE(test, new, old);
	KUNIT_EXPECT_EQ(test, new & (IPC_MAX_OBJECTS - 1), old & (IPC_MAX_OBJECTS - 1));
	KUNIT_EXPECT_EQ(test, PTR_ERR(ipc_lock_id(ids, old)), -EINVAL);
	KUNIT_EXPECT_EQ(test, PTR_ERR(ipc_lock_id(ids, -1)), -EINVAL);
	remove_thing(ids, new);
	idr_destroy(&ids->objects);
}

static void the_limit_holds(struct kunit *test)
{
	struct ipc_ids *ids = empty_table(test);
	int a = add_thing(test, ids, 2, NULL), b = add_thing(test, ids, 2, NULL);

	KUNIT_EXPECT_GE(test, a, 0);
	KUNIT_EXPECT_GE(test, b, 0);
	KUNIT_EXPECT_EQ(test, add_thing(test, ids, 2, NULL), -ENOSPC);
	KUNIT_EXPECT_EQ(test, ipc_highest_index(ids), 1);
	remove_thing(ids, a);
	remove_thing(ids, b);
	idr_destroy(&ids->objects);
}

static void who_holds_an_object_keeps_it(struct kunit *test)
{
	struct ipc_ids *ids = empty_table(test);
	bool freed = false;
	int id = add_thing(test, ids, 4, &freed);
	struct kern_ipc_perm *perm = ipc_lock_id(ids, id);

	KUNIT_ASSERT_FALSE(test, IS_ERR(perm));
	ipc_hold(perm);
	ipc_unlock(perm);
	remove_thing(ids, id);
	rcu_barrier();
	KUNIT_EXPECT_FALSE(test, READ_ONCE(freed));
	KUNIT_EXPECT_TRUE(test, perm->deleted);
	KUNIT_EXPECT_EQ(test, perm->key, IPC_PRIVATE);
	ipc_put(perm);
	rcu_barrier();
	KUNIT_EXPECT_TRUE(test, READ_ONCE(freed));
	idr_destroy(&ids->objects);
}

/* ---- steps ---- */

static struct sem_array *a_set(struct kunit *test, int a, int b)
{
	struct sem_array *set = kunit_kzalloc(test, struct_size(set, sems, 2), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, set);
	set->nsems = 2;
	INIT_LIST_HEAD(&set->waiters);
	INIT_LIST_HEAD(&set->undos);
	set->sems[0].value = a;
	set->sems[1].value = b;
	return set;
}

static int try(struct sem_array *set, const struct sembuf *ops, int nops, struct sem_undo *undo,
	       int *blocking)
{
	const struct sem_request req = { .ops = ops, .nops = nops, .undo = undo, .alters = true };

	*blocking = -1;
	return sem_try(set, &req, blocking);
}

static void all_steps_or_none(struct kunit *test)
{
	static const struct sembuf ops[] = { { 0, -2, 0 }, { 1, 3, 0 }, { 0, -1, 0 } };
	struct sem_array *set = a_set(test, 2, 0);
	int blocking;

	KUNIT_EXPECT_EQ(test, try(set, ops, 3, NULL, &blocking), 1);
	KUNIT_EXPECT_EQ(test, blocking, 2);
	KUNIT_EXPECT_EQ(test, set->sems[0].value, 2);
	KUNIT_EXPECT_EQ(test, set->sems[1].value, 0);
	KUNIT_EXPECT_EQ(test, try(set, ops, 2, NULL, &blocking), 0);
	KUNIT_EXPECT_EQ(test, set->sems[0].value, 0);
	KUNIT_EXPECT_EQ(test, set->sems[1].value, 3);
}

static void a_value_has_bounds(struct kunit *test)
{
	static const struct sembuf up[] = { { 0, 1, 0 } }, down[] = { { 1, -1, IPC_NOWAIT } };
	struct sem_array *set = a_set(test, SEMVMX, 0);
	int blocking;

	KUNIT_EXPECT_EQ(test, try(set, up, 1, NULL, &blocking), -ERANGE);
	KUNIT_EXPECT_EQ(test, set->sems[0].value, SEMVMX);
	KUNIT_EXPECT_EQ(test, try(set, down, 1, NULL, &blocking), -EAGAIN);
}

static void zero_is_waited_for(struct kunit *test)
{
	static const struct sembuf zero[] = { { 0, 0, 0 }, { 0, 1, 0 } };
	struct sem_array *set = a_set(test, 1, 0);
	int blocking;

	KUNIT_EXPECT_EQ(test, try(set, zero, 2, NULL, &blocking), 1);
	set->sems[0].value = 0;
	KUNIT_EXPECT_EQ(test, try(set, zero, 2, NULL, &blocking), 0);
	KUNIT_EXPECT_EQ(test, set->sems[0].value, 1);
}

static void undo_is_kept_and_taken_back_with_its_step(struct kunit *test)
{
	static const struct sembuf ops[] = { { 0, -2, SEM_UNDO }, { 1, -1, SEM_UNDO } };
	struct sem_array *set = a_set(test, 5, 0);
	struct sem_undo *undo = kunit_kzalloc(test, struct_size(undo, adjust, 2), GFP_KERNEL);
	int blocking;

	KUNIT_ASSERT_NOT_NULL(test, undo);
	KUNIT_EXPECT_EQ(test, try(set, ops, 2, undo, &blocking), 1);
	KUNIT_EXPECT_EQ(test, (int)undo->adjust[0], 0);
	KUNIT_EXPECT_EQ(test, try(set, ops, 1, undo, &blocking), 0);
	KUNIT_EXPECT_EQ(test, (int)undo->adjust[0], 2);
	KUNIT_EXPECT_EQ(test, set->sems[0].value, 3);
	/* What is taken back has bounds too. */
	undo->adjust[0] = SEMAEM;
	KUNIT_EXPECT_EQ(test, try(set, ops, 1, undo, &blocking), -ERANGE);
	KUNIT_EXPECT_EQ(test, set->sems[0].value, 3);
}

static struct kunit_case sysv_ipc_cases[] = {
	KUNIT_CASE(an_id_names_its_object),
	KUNIT_CASE(an_old_id_names_nothing),
	KUNIT_CASE(the_limit_holds),
	KUNIT_CASE(who_holds_an_object_keeps_it),
	KUNIT_CASE(all_steps_or_none),
	KUNIT_CASE(a_value_has_bounds),
	KUNIT_CASE(zero_is_waited_for),
	KUNIT_CASE(undo_is_kept_and_taken_back_with_its_step),
	{}
};

static struct kunit_suite sysv_ipc_suite = {
	.name = "sysv_ipc",
	.test_cases = sysv_ipc_cases,
};

kunit_test_suites(&sysv_ipc_suite);
