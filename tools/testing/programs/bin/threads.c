// SPDX-License-Identifier: MIT
/*
 * Threads that meet at a barrier in turns, each with a variable of its own; a sum under a mutex; a
 * condition.
 */
#include <pthread.h>
#include <stdio.h>

#define THREADS	8
#define ROUNDS	50

static __thread int mine = 5;
static pthread_barrier_t barrier;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t all_done = PTHREAD_COND_INITIALIZER;
static int sum, done;

static void *work(void *number)
{
	int i;

	for (i = 0; i < ROUNDS; i++) {
		mine += (long)number;
		pthread_barrier_wait(&barrier);
		pthread_mutex_lock(&lock);
		sum++;
		pthread_mutex_unlock(&lock);
	}
	pthread_mutex_lock(&lock);
	done++;
	pthread_cond_signal(&all_done);
	pthread_mutex_unlock(&lock);
	return (void *)(long)mine;
}

int main(void)
{
	pthread_t threads[THREADS];
	void *result;
	long i;

	pthread_barrier_init(&barrier, NULL, THREADS);
	for (i = 0; i < THREADS; i++)
		if (pthread_create(&threads[i], NULL, work, (void *)i))
			return 1;
	pthread_mutex_lock(&lock);
	while (done < THREADS)
		pthread_cond_wait(&all_done, &lock);
	pthread_mutex_unlock(&lock);
	for (i = 0; i < THREADS; i++) {
		pthread_join(threads[i], &result);
		printf("%ld ", (long)result);
	}
	printf("%d %d\n", sum, mine);
	return 0;
}
