// SPDX-License-Identifier: MIT
/*
 * Three threads beside the first, each known by its number, meet: in everybody_is_here() all others
 * sleep. Then they go on; with "crash" only the one that crashes does, with "stay" none.
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define THREADS	3

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t one_more = PTHREAD_COND_INITIALIZER;
static pthread_cond_t let_go[THREADS] = {
	PTHREAD_COND_INITIALIZER, PTHREAD_COND_INITIALIZER, PTHREAD_COND_INITIALIZER
};
static int here, may_go[THREADS];
static __thread int number = -1;
static volatile int results[THREADS];
static int crash, stay;

static void meet(int n)
{
	number = n;
	pthread_mutex_lock(&lock);
	here++;
	pthread_cond_signal(&one_more);
	while (!may_go[n])
		pthread_cond_wait(&let_go[n], &lock);
	pthread_mutex_unlock(&lock);
}

static void leave(int n)
{
	if (crash)
		*(volatile int *)16 = 1;
	results[n] = n * n + number;
}

static void *work(void *arg)
{
	int n = (long)arg;

	meet(n);
	leave(n);
	return NULL;
}

static void everybody_is_here(void)
{
}

int main(int argc, char **argv)
{
	pthread_t threads[THREADS];
	long i;

	crash = argc > 1 && !strcmp(argv[1], "crash");
	stay = argc > 1 && !strcmp(argv[1], "stay");
	for (i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, work, (void *)i);
	pthread_mutex_lock(&lock);
	while (here < THREADS)
		pthread_cond_wait(&one_more, &lock);
	everybody_is_here();
	while (stay)
		pause();
	for (i = crash; i < (crash ? 2 : THREADS); i++) {
		may_go[i] = 1;
		pthread_cond_signal(&let_go[i]);
	}
	pthread_mutex_unlock(&lock);
	for (i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	printf("%d %d %d\n", results[0], results[1], results[2]);
	return 0;
}
