/* SPDX-License-Identifier: MIT */
/*
 * SRCU: two sets of counters, two scans, a flip between them.
 *
 * Three readers (-DREADERS=n) come for ever. Each counts itself in and out on either of two CPUs
 * and may be held up between any two steps: between reading the index and counting itself in,
 * too. One updater replaces an element, lets a grace period pass, and frees the old one, for
 * ever. A scan adds the counters up one at a time, and is repeated until the sums are equal.
 *
 * Safety: when an element is freed no reader holds it (the assertion in Updater). Progress,
 * -DLIVE: if everybody goes on (weak fairness), the updater gets done again and again.
 *
 * Why the search ends, though counters grow for ever. A scan asks for nothing but the difference
 * of two sums. What was counted before it begins is in both: so the difference begins as the
 * number of those who are `inside` the set. What is counted later is in, if the scan has yet to
 * come by that counter. `sum`, how far the scan has come, and `inside` say all that the counters
 * could. And a sum above READERS needn't be told from a larger one: to get there somebody's end
 * was missed, so the scan can't find the set empty any more, and counting down by as many as
 * there are readers doesn't reach zero. As in gp.pml, a reader's element is the one in place or
 * was replaced since, and progress is searched without.
 *
 * Mutants: -DM_NO_FLIP (the other set is scanned twice), -DM_FIRST_SCAN and -DM_SECOND_SCAN (left
 * out), -DM_LOCKS_FIRST (the sums in the wrong order), -DM_INDEX (a reader counts itself out of
 * the set in use), and with -DLIVE -DM_STARVE (the set in use is scanned).
 */

#ifndef READERS
#define READERS	3
#endif
#define CPUS	2

bit srcu_idx;
byte inside[2];			/* lock counts less unlock counts of a set, all CPUs together */

/* The scan under way. */
bool scanning;
bit scanned;			/* the set */
byte unlocks_read, locks_read;	/* on how many CPUs, in the order of their numbers */
short sum;			/* what it will find, as things stand: locks less unlocks */

#ifndef LIVE
#define NEW	1		/* the element that is in its place */
#define OLD	2		/* one that was replaced since */
byte holds[READERS];
#endif

/* One on lock_count[idx] of @cpu; the sum is READERS + 1 for all that is more. */
inline count_lock(idx, cpu)
{
	inside[idx]++;
	if
	:: scanning && scanned == idx && cpu >= locks_read && sum <= READERS -> sum++
	:: else
	fi
}

inline count_unlock(idx, cpu)
{
	inside[idx]--;
	if
	:: scanning && scanned == idx && cpu >= unlocks_read -> sum--
	:: else
	fi
}

proctype Reader(byte me)
{
	bit idx;

	do
	:: /* model: srcu_lock */
	   idx = srcu_idx;
	   if
	   :: atomic { true -> count_lock(idx, 0) }
	   :: atomic { true -> count_lock(idx, 1) }
	   fi;
#ifndef LIVE
	   holds[me] = NEW;
	   atomic {
		holds[me] = 0;
#else
	   atomic {
#endif
		/* model: srcu_unlock */
#ifdef M_INDEX
		idx = srcu_idx;
#endif
		if
		:: count_unlock(idx, 0)
		:: count_unlock(idx, 1)
		fi;
		idx = 0
	   }
	od
}

inline sum_locks()
{
	do
	:: atomic { locks_read < CPUS -> locks_read++ }
	:: else -> break
	od
}

inline sum_unlocks()
{
	do
	:: atomic { unlocks_read < CPUS -> unlocks_read++ }
	:: else -> break
	od
}

/* model: srcu_scan */
inline scan(idx)
{
	do
	:: atomic { scanned = idx; sum = inside[scanned]; scanning = true }
#ifdef M_LOCKS_FIRST
	   sum_locks();
	   sum_unlocks();
#else
	   sum_unlocks();
	   sum_locks();
#endif
	   atomic {
		scanning = false;
		scanned = 0;
		unlocks_read = 0;
		locks_read = 0;
		if
		:: sum == 0 -> break
		:: else -> sum = 0
		fi
	   }
	od
}

inline grace_period()
{
#ifdef M_STARVE
	scan(srcu_idx);
#else
#ifndef M_FIRST_SCAN
	scan(1 - srcu_idx);
#endif
#ifndef M_NO_FLIP
	/* model: srcu_flip */
	srcu_idx = 1 - srcu_idx;
#endif
#ifndef M_SECOND_SCAN
	scan(1 - srcu_idx);
#endif
#endif
}

proctype Updater()
{
	byte r;

	do
	:: true ->
#ifndef LIVE
	   /* Another element is put in the place of the one that readers may hold. */
	   atomic {
		r = 0;
		do
		:: r < READERS -> holds[r] = (holds[r] -> OLD : 0); r++
		:: else -> break
		od;
		r = 0
	   }
#endif
	   grace_period();
progress:
#ifndef LIVE
	   /* It is freed. */
	   atomic {
		r = 0;
		do
		:: r < READERS -> assert(holds[r] != OLD); r++
		:: else -> break
		od;
		r = 0
	   }
#else
	   skip
#endif
	od
}

init {
	byte i;

	atomic {
		do
		:: i < READERS -> run Reader(i); i++
		:: else -> break
		od;
		run Updater()
	}
}
