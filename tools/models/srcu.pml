/* SPDX-License-Identifier: MIT */
/*
 * SRCU: two sets of counters, two scans, a flip between them.
 *
 * Three readers, each of whom counts itself in and out on either of two CPUs and may be held up
 * between any two steps: between reading the index and counting itself in, too. One updater replaces an element,
 * lets a grace period pass, and frees the old one. A scan adds the counters up one at a time.
 *
 * Checked: no reader holds a freed element. With -DLIVE readers come for ever (counters wrap, which
 * only lets a scan end sooner) and the updater has to get done again and again.
 *
 * Mutants: -DM_NO_FLIP (the other set is scanned twice), -DM_FIRST_SCAN and -DM_SECOND_SCAN (left out),
 * -DM_LOCKS_FIRST (the sums in the wrong order), -DM_INDEX (a reader counts itself out of the set in
 * use), and with -DLIVE -DM_STARVE (the set in use is scanned).
 */

#define READERS		3
#ifdef LIVE
#define CPUS		1
#define WRAP		4
#else
#define CPUS		2
#define WRAP		256
#ifndef SECTIONS
#define SECTIONS	1
#endif
#define PERIODS		2
#endif

#define COUNTER(idx, cpu)	((idx) * CPUS + (cpu))

byte locks[2 * CPUS], unlocks[2 * CPUS];
bit srcu_idx;
bit current;
bool freed[2];

inline pick_cpu()
{
	if
	:: cpu = 0
#if CPUS > 1
	:: cpu = 1
#endif
	fi
}

proctype Reader()
{
	bit idx, held;
	byte cpu, n;

	do
#ifndef LIVE
	:: n == SECTIONS -> break
	:: n < SECTIONS ->
	   n++;
#else
	:: true ->
#endif
	   /* model: srcu_lock */
	   idx = srcu_idx;
	   atomic {
		pick_cpu();
		locks[COUNTER(idx, cpu)] = (locks[COUNTER(idx, cpu)] + 1) % WRAP
	   }
	   held = current;
	   assert(!freed[held]);
	   atomic {
		/* model: srcu_unlock */
		assert(!freed[held]);
#ifdef M_INDEX
		idx = srcu_idx;
#endif
		pick_cpu();
		unlocks[COUNTER(idx, cpu)] = (unlocks[COUNTER(idx, cpu)] + 1) % WRAP;
		cpu = 0;
		idx = 0;
		held = 0
	   }
	od
}

inline sum_locks(idx)
{
	locked = 0;
	cpu = 0;
	do
	:: cpu < CPUS -> locked = (locked + locks[COUNTER(idx, cpu)]) % WRAP; cpu++
	:: else -> break
	od;
	cpu = 0
}

inline sum_unlocks(idx)
{
	unlocked = 0;
	cpu = 0;
	do
	:: cpu < CPUS -> unlocked = (unlocked + unlocks[COUNTER(idx, cpu)]) % WRAP; cpu++
	:: else -> break
	od;
	cpu = 0
}

/* model: srcu_scan */
inline scan(idx)
{
	do
	:: true ->
#ifdef M_LOCKS_FIRST
	   sum_locks(idx);
	   sum_unlocks(idx);
#else
	   sum_unlocks(idx);
	   sum_locks(idx);
#endif
	   if
	   :: locked == unlocked -> break
	   :: else
	   fi
	od;
	locked = 0;
	unlocked = 0
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
	bit old;
	byte locked, unlocked, cpu, n;

	do
#ifndef LIVE
	:: n == PERIODS -> break
	:: n < PERIODS ->
	   n++;
#else
	:: true ->
#endif
	   atomic { old = current; freed[1 - current] = false; current = 1 - current }
	   grace_period();
progress:
	   freed[old] = true;
	   old = 0
	od
}

init {
	byte i;

	freed[1] = true;
	atomic {
		do
		:: i < READERS -> run Reader(); i++
		:: else -> break
		od;
		run Updater()
	}
}
