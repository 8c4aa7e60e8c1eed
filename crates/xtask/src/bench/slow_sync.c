/* A slow disk: what a program waits for when it makes its data durable takes so many microseconds longer. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static int later(const char *name, int file)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    const char *micros = getenv("SLOW_SYNC_MICROS");
    long wait = micros ? atol(micros) : 0;
    struct timespec time = { wait / 1000000, wait % 1000000 * 1000 };
    nanosleep(&time, NULL);
    return real(file);
}

int fsync(int file)
{
    return later("fsync", file);
}

int fdatasync(int file)
{
    return later("fdatasync", file);
}
