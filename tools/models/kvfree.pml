/* SPDX-License-Identifier: MIT */
/*
 * kvfree_rcu(): objects are collected, wait as a batch, and are freed.
 *
 * Three readers each look at an object and hold it for a while. Two updaters take objects away
 * and hand them over: into the CPU's collection if a block has room, else linked by their own
 * heads, else (no head) by waiting themselves. A monitor makes batches of what was collected when
 * a batch is free; the batch waits for a grace period and frees. A barrier promises that all that
 * was handed over before it has been freed when it ends.
 *
 * RCU itself is taken to be right: a grace period notes who reads when it begins and ends when
 * those have ended.
 *
 * Checked: no reader holds a freed object; none is freed twice; the barrier keeps its promise; in
 * the end all are free (else the model stops short, which spin reports).
 *
 * A process that has ended stays among spin's states as long as one made after it lives. So each
 * forgets, as its last step, what it knew.
 *
 * Mutants: -DM_NO_WAIT, -DM_EARLY_SNAP (a batch waits for the grace period of the one before),
 * -DM_LINKED (the linked ones don't wait), -DM_LOST (a batch that is busy is overwritten),
 * -DM_TWICE (what was collected is not forgotten), -DM_BARRIER (does not wait for batches under
 * way).
 */

#define READERS	3
#define OBJECTS	3
#define ROOM	1		/* in a block */
#define BATCHES	2

#define LIVE	0
#define HANDED	1
#define FREED	2

byte state[OBJECTS];

/* Sets of objects and of readers, a bit each. */
byte blocks, linked;		/* collected */
byte in_block;			/* how many */
byte batch[BATCHES];		/* what it is about to free; 0: not in use */
byte waits_for[BATCHES];	/* the readers of its grace period that have not ended */
byte own_wait[2];		/* of an updater that waits itself */
byte reading;
byte done;			/* updaters that have finished */

#define READER(i)	(1 << (i))

proctype Reader(byte me)
{
	byte held;

	if
	:: atomic { state[0] == LIVE -> held = 0; reading = reading | READER(me) }
	:: atomic { state[1] == LIVE -> held = 1; reading = reading | READER(me) }
	:: atomic { state[2] == LIVE -> held = 2; reading = reading | READER(me) }
	:: goto out
	fi;
	atomic {
		assert(state[held] != FREED);
		reading = reading & ~READER(me);
		waits_for[0] = waits_for[0] & ~READER(me);
		waits_for[1] = waits_for[1] & ~READER(me);
		own_wait[0] = own_wait[0] & ~READER(me);
		own_wait[1] = own_wait[1] & ~READER(me);
		held = 0
	}
out:
	skip
}

inline free_object(o)
{
	assert(state[o] == HANDED);
	state[o] = FREED
}

inline hand_over(o)
{
	if
	/* model: kvfree_block */
	:: atomic { in_block < ROOM -> in_block++; blocks = blocks | (1 << (o)) }
	/* model: kvfree_linked: no memory for a block */
	:: atomic { true -> linked = linked | (1 << (o)) }
	/* model: kvfree_mightsleep: nor a head */
	:: atomic { true -> own_wait[me] = reading };
	   own_wait[me] == 0;
	   atomic { free_object(o) }
	fi
}

/* Updater 0 has objects 0 and 1, updater 1 has object 2: unlinked first, then handed over. */
proctype Updater(byte me)
{
	if
	:: me == 0 ->
	   atomic { state[0] = HANDED };
	   hand_over(0);
	   atomic { state[1] = HANDED };
	   hand_over(1)
	:: else ->
	   atomic { state[2] = HANDED };
	   hand_over(2)
	fi;
	done++
}

/* model: kvfree_batch: what was collected goes into a batch that is free, and waits from now on */
inline make_batch(b)
{
#ifdef M_LINKED
	/* The linked ones are freed with whatever batch is under way. */
	batch[b] = blocks;
	batch[1 - b] = batch[1 - b] | linked;
#else
	batch[b] = blocks | linked;
#endif
#ifdef M_EARLY_SNAP
	waits_for[b] = (batch[1 - b] -> waits_for[1 - b] : reading);
#else
	waits_for[b] = reading;
#endif
#ifndef M_TWICE
	blocks = 0;
	in_block = 0;
#endif
	linked = 0
}

/* model: kvfree_monitor */
proctype Monitor()
{
end:
	do
#ifdef M_LOST
	:: atomic { (blocks | linked) -> make_batch(0) }
#else
	:: atomic { (blocks | linked) && !batch[0] -> make_batch(0) }
	:: atomic { (blocks | linked) && batch[0] && !batch[1] -> make_batch(1) }
#endif
	od
}

/* model: kvfree_work */
proctype Work(byte b)
{
	byte o;

end:
	do
	:: atomic { batch[b] &&
#ifndef M_NO_WAIT
		    !waits_for[b]
#else
		    true
#endif
		    ->
		o = 0;
		do
		:: o < OBJECTS && (batch[b] & (1 << o)) -> free_object(o); o++
		:: o < OBJECTS && !(batch[b] & (1 << o)) -> o++
		:: o == OBJECTS -> break
		od;
		o = 0;
		batch[b] = 0
	   }
	od
}

/* model: kvfree_barrier */
proctype Barrier()
{
	byte before, o;

	/* Those that somebody has handed over: collected, or in a batch. */
	atomic { before = blocks | linked | batch[0] | batch[1] }
	/* The monitor takes what was collected then; batches under way end. */
	(blocks & before) == 0 && (linked & before) == 0;
#ifndef M_BARRIER
	(batch[0] & before) == 0;
	(batch[1] & before) == 0;
#endif
	atomic {
		o = 0;
		do
		:: o < OBJECTS ->
			assert(!(before & (1 << o)) || state[o] == FREED);
			o++
		:: else -> break
		od;
		o = 0;
		before = 0
	}
}

/* Monitor and workers wait for ever: that is no error. */
init {
	byte i;

	atomic {
		do
		:: i < READERS -> run Reader(i); i++
		:: else -> break
		od;
		run Updater(0);
		run Updater(1);
		run Barrier();
		run Monitor();
		run Work(0);
		run Work(1)
	}
	done == 2;
	state[0] == FREED && state[1] == FREED && state[2] == FREED
}
