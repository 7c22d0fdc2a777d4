/* SPDX-License-Identifier: MIT */
/* Over 400 lines: it is preloaded as one library, whose functions go together. */
/*
 * A library to be preloaded (ld.so(8), LD_PRELOAD): CLOCK_REALTIME is another one, moved by the nanoseconds that the
 * file "shift" beside this library holds, and jumps when that is written anew, in place (a file that is made shorter ends
 * the program); all other clocks go on as they are. What is told to the kernel as a point of
 * real time, and what it tells, is moved too: sleeps, locks and timers with an absolute end, and the times of files,
 * so that a file that is written now is of now.
 *
 * Not moved: what the kernel stamps for others (packets, connections, processes), and programs that make system calls
 * of their own without the C library (those in Go).
 */
#undef _FILE_OFFSET_BITS /* the names with 64 have functions of their own here */
#define _LARGEFILE64_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>
#include <utime.h>

#define NS_PER_S 1000000000

/* The C library's headers have names of their own for parameters. */
/* NOLINTBEGIN(readability-inconsistent-declaration-parameter-name) */

/* The C library's own function of the name. */
#define REAL(name)                                                                                           \
	static __typeof__(name) *real;                                                                       \
	if (!real)                                                                                           \
	real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

static const char *mapped; /* the file; behind its end the page is empty */
static bool known;

#define TIMERS_MAX 1024
static bool of_real_time[TIMERS_MAX]; /* the timers with these descriptors */

static long call(long number, void *const a[6])
{
	static long (*real)(long, ...);

	if (!real)
		real = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
	return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* Calls nothing that is replaced here. */
__attribute__((constructor)) static void read_shift(void)
{
	char path[4096];
	Dl_info info;
	char *slash;
	int fd;

	if (known)
		return;
	known = true;
	if (!dladdr((void *)read_shift, &info) || strlen(info.dli_fname) >= sizeof(path) - sizeof("shift"))
		return;
	strcpy(path, info.dli_fname);
	slash = strrchr(path, '/');
	strcpy(slash ? slash + 1 : path, "shift");
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	mapped = mmap(NULL, 1, PROT_READ, MAP_SHARED, fd, 0);
	if (mapped == MAP_FAILED)
		mapped = NULL;
	close(fd);
}

static int64_t shift(void)
{
	read_shift();
	return mapped ? strtoll(mapped, NULL, 10) : 0;
}

static struct timespec moved(struct timespec t, int64_t by)
{
	int64_t ns = t.tv_nsec + by % NS_PER_S;

	t.tv_sec += by / NS_PER_S + (ns >= NS_PER_S) - (ns < 0);
	t.tv_nsec = ns + (ns < 0 ? NS_PER_S : ns >= NS_PER_S ? -NS_PER_S : 0);
	return t;
}

static struct timespec forth(struct timespec t)
{
	return moved(t, shift());
}

static struct timespec back(struct timespec t)
{
	return moved(t, -shift());
}

static struct timeval forth_us(struct timeval v)
{
	struct timespec t = forth((struct timespec){v.tv_sec, v.tv_usec * 1000});

	return (struct timeval){t.tv_sec, t.tv_nsec / 1000};
}

static bool is_real(clockid_t clock)
{
	return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_TAI;
}

/* Reading it. */

int clock_gettime(clockid_t clock, struct timespec *t)
{
	int r;
	REAL(clock_gettime);

	r = real(clock, t);
	if (r == 0 && is_real(clock))
		*t = forth(*t);
	return r;
}

int gettimeofday(struct timeval *restrict v, void *restrict zone)
{
	int r;
	REAL(gettimeofday);

	r = real(v, zone);
	if (r == 0)
		*v = forth_us(*v);
	return r;
}

time_t time(time_t *ret)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	if (ret)
		*ret = t.tv_sec;
	return t.tv_sec;
}

int timespec_get(struct timespec *t, int base)
{
	if (base != TIME_UTC)
		return 0;
	clock_gettime(CLOCK_REALTIME, t);
	return base;
}

/* Waiting for it. Where a call does not say of which clock an end is, it is of the nearer one: of real time, or of one
 * that counts from the machine's start. */

static struct timespec end_of(const struct timespec *end)
{
	struct timespec now, up;

	clock_gettime(CLOCK_REALTIME, &now);
	clock_gettime(CLOCK_BOOTTIME, &up);
	return labs(end->tv_sec - now.tv_sec) < labs(end->tv_sec - up.tv_sec) ? back(*end) : *end;
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *t, struct timespec *left)
{
	struct timespec end = *t;
	REAL(clock_nanosleep);

	if (is_real(clock) && flags & TIMER_ABSTIME)
		end = back(end);
	return real(clock, flags, &end, left);
}

int timerfd_create(clockid_t clock, int flags)
{
	int fd;
	REAL(timerfd_create);

	fd = real(clock, flags);
	if (fd >= 0 && fd < TIMERS_MAX)
		of_real_time[fd] = is_real(clock) || clock == CLOCK_REALTIME_ALARM;
	return fd;
}

int timerfd_settime(int fd, int flags, const struct itimerspec *new, struct itimerspec *old)
{
	struct itimerspec set = *new;
	REAL(timerfd_settime);

	if (flags & TFD_TIMER_ABSTIME && fd >= 0 && fd < TIMERS_MAX && of_real_time[fd] &&
	    (set.it_value.tv_sec || set.it_value.tv_nsec))
		set.it_value = back(set.it_value);
	return real(fd, flags, &set, old);
}

int pthread_cond_timedwait(pthread_cond_t *restrict cond, pthread_mutex_t *restrict mutex,
			   const struct timespec *restrict t)
{
	static __typeof__(pthread_cond_timedwait) *real;
	struct timespec end = end_of(t);

	/* x86-64 has an older one of another form, which dlsym() may find */
	if (!real)
		real = (__typeof__(real))dlvsym(RTLD_NEXT, "pthread_cond_timedwait", "GLIBC_2.3.2");
	if (!real)
		real = (__typeof__(real))dlsym(RTLD_NEXT, "pthread_cond_timedwait");
	return real(cond, mutex, &end);
}

int pthread_cond_clockwait(pthread_cond_t *restrict cond, pthread_mutex_t *restrict mutex, clockid_t clock,
			   const struct timespec *restrict t)
{
	struct timespec end = end_of(t);
	REAL(pthread_cond_clockwait);

	return real(cond, mutex, clock, &end);
}

int pthread_mutex_timedlock(pthread_mutex_t *restrict mutex, const struct timespec *restrict t)
{
	struct timespec end = end_of(t);
	REAL(pthread_mutex_timedlock);

	return real(mutex, &end);
}

int sem_timedwait(sem_t *restrict sem, const struct timespec *restrict t)
{
	struct timespec end = end_of(t);
	REAL(sem_timedwait);

	return real(sem, &end);
}

int sem_clockwait(sem_t *restrict sem, clockid_t clock, const struct timespec *restrict t)
{
	struct timespec end = end_of(t);
	REAL(sem_clockwait);

	return real(sem, clock, &end);
}

/* The times of files. */

/* Of both kinds of struct stat. */
#define FORTH_FILE(status)                                                                                   \
	do {                                                                                                 \
		(status)->st_atim = forth((status)->st_atim);                                                \
		(status)->st_mtim = forth((status)->st_mtim);                                                \
		(status)->st_ctim = forth((status)->st_ctim);                                                \
	} while (0)

#define STAT(name, type, parameters, ...)                                                                    \
	int name parameters                                                                                  \
	{                                                                                                    \
		int r;                                                                                       \
		REAL(name);                                                                                  \
                                                                                                             \
		r = real(__VA_ARGS__);                                                                       \
		if (r == 0)                                                                                  \
			FORTH_FILE(status);                                                                  \
		return r;                                                                                    \
	}

STAT(stat, stat, (const char *restrict path, struct stat *restrict status), path, status)
STAT(stat64, stat64, (const char *restrict path, struct stat64 *restrict status), path, status)
STAT(lstat, stat, (const char *restrict path, struct stat *restrict status), path, status)
STAT(lstat64, stat64, (const char *restrict path, struct stat64 *restrict status), path, status)
STAT(fstat, stat, (int fd, struct stat *status), fd, status)
STAT(fstat64, stat64, (int fd, struct stat64 *status), fd, status)
STAT(fstatat, stat, (int fd, const char *restrict path, struct stat *restrict status, int flags), fd, path,
     status, flags)
STAT(fstatat64, stat64, (int fd, const char *restrict path, struct stat64 *restrict status, int flags), fd,
     path, status, flags)

static void forth_statx(struct statx *status)
{
	struct statx_timestamp *const times[] = {&status->stx_atime, &status->stx_btime, &status->stx_ctime,
						 &status->stx_mtime};

	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		struct timespec t = forth((struct timespec){times[i]->tv_sec, times[i]->tv_nsec});

		times[i]->tv_sec = t.tv_sec;
		times[i]->tv_nsec = (uint32_t)t.tv_nsec;
	}
}

int statx(int fd, const char *restrict path, int flags, unsigned mask, struct statx *restrict status)
{
	int r;
	REAL(statx);

	r = real(fd, path, flags, mask, status);
	if (r == 0)
		forth_statx(status);
	return r;
}

static const struct timespec *back_both(struct timespec set[2], const struct timespec *times)
{
	if (!times)
		return NULL;
	for (int i = 0; i < 2; i++)
		set[i] = times[i].tv_nsec == UTIME_NOW || times[i].tv_nsec == UTIME_OMIT ? times[i]
											 : back(times[i]);
	return set;
}

int utimensat(int fd, const char *path, const struct timespec times[2], int flags)
{
	struct timespec set[2];
	REAL(utimensat);

	return real(fd, path, back_both(set, times), flags);
}

int futimens(int fd, const struct timespec times[2])
{
	struct timespec set[2];
	REAL(futimens);

	return real(fd, back_both(set, times));
}

static const struct timespec *of_timevals(struct timespec set[2], const struct timeval *times)
{
	if (!times)
		return NULL;
	for (int i = 0; i < 2; i++)
		set[i] = (struct timespec){times[i].tv_sec, times[i].tv_usec * 1000};
	return set;
}

int utimes(const char *path, const struct timeval times[2])
{
	struct timespec set[2];

	return utimensat(AT_FDCWD, path, of_timevals(set, times), 0);
}

int lutimes(const char *path, const struct timeval times[2])
{
	struct timespec set[2];

	return utimensat(AT_FDCWD, path, of_timevals(set, times), AT_SYMLINK_NOFOLLOW);
}

int futimes(int fd, const struct timeval times[2])
{
	struct timespec set[2];

	return futimens(fd, of_timevals(set, times));
}

int utime(const char *path, const struct utimbuf *times)
{
	struct timespec set[2];

	if (times) {
		set[0] = (struct timespec){.tv_sec = times->actime};
		set[1] = (struct timespec){.tv_sec = times->modtime};
	}
	return utimensat(AT_FDCWD, path, times ? set : NULL, 0);
}

/* System calls made by hand: node reads the times of files so. */
long syscall(long number, ...)
{
	struct timespec end;
	void *a[6];
	va_list list;

	va_start(list, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(list, void *);
	va_end(list);
	switch (number) {
	case SYS_clock_gettime:
		return clock_gettime((clockid_t)(intptr_t)a[0], a[1]);
	case SYS_gettimeofday:
		return gettimeofday(a[0], a[1]);
	case SYS_statx:
		return statx((int)(intptr_t)a[0], a[1], (int)(intptr_t)a[2], (unsigned)(uintptr_t)a[3], a[4]);
	case SYS_utimensat:
		return utimensat((int)(intptr_t)a[0], a[1], a[2], (int)(intptr_t)a[3]);
	case SYS_timerfd_settime:
		return timerfd_settime((int)(intptr_t)a[0], (int)(intptr_t)a[1], a[2], a[3]);
	case SYS_futex:
		if (a[3] && ((int)(intptr_t)a[1] & FUTEX_CMD_MASK) == FUTEX_WAIT_BITSET) {
			end = end_of(a[3]);
			a[3] = &end;
		}
		break;
	default:
		break;
	}
	return call(number, a);
}

/* NOLINTEND(readability-inconsistent-declaration-parameter-name) */
