// SPDX-License-Identifier: MIT
/* Three threads beside the first, each known by its number, that meet and wait; then they end, or one crashes, or all stay. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define THREADS	3

static pthread_barrier_t met, go;
static __thread int number = -1;
static volatile int results[THREADS];
static int crash, stay;

static void meet(int n)
{
	number = n;
	pthread_barrier_wait(&met);
}

static void leave(int n)
{
	if (crash && n == 1)
		*(volatile int *)16 = 1;
	pthread_barrier_wait(&go);
}

static void *work(void *arg)
{
	int n = (long)arg;

	meet(n);
	results[n] = n * n + number;
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
	pthread_barrier_init(&met, NULL, THREADS + 1);
	pthread_barrier_init(&go, NULL, THREADS + 1);
	for (i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, work, (void *)i);
	pthread_barrier_wait(&met);
	everybody_is_here();
	while (stay)
		pause();
	pthread_barrier_wait(&go);
	for (i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	printf("%d %d %d\n", results[0], results[1], results[2]);
	return 0;
}
