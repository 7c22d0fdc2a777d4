/* SPDX-License-Identifier: MIT */
/*
 * What a daemon says to who asks it with --status: sentences over a Unix socket, each line one, behind a line "good" or
 * "wrong". Who asks sends nothing.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "log.h"

#define STATUS_MOST 65536    /* bytes of an answer */
#define STATUS_FAULT_MAX 512 /* of a sentence for the log */

/* What is to be said. */
struct status {
	FILE *out; /* NULL: there was no memory */
	bool wrong;
	char *text; /* its own */
	size_t length;
};

void status_begin(struct status *s);
/* One sentence. */
__attribute__((format(printf, 2, 3))) void status_say(struct status *s, const char *format, ...);
/* One sentence about what is wrong. */
__attribute__((format(printf, 2, 3))) void status_wrong(struct status *s, const char *format, ...);
#define STATUS_NUMBER_MAX 48
/* "1 device", "3 devices": one and many are words of at most 24 bytes. */
const char *status_number(char buffer[STATUS_NUMBER_MAX], unsigned long long n, const char *one,
			  const char *many);
/* "3 minutes" or the like. */
const char *status_time(char buffer[32], unsigned long long ms);

/* Where it is asked. */
struct status_socket {
	int fd; /* listens, without blocking; negative: nobody can ask */
	int spare; /* given up for who asks where there are no more descriptors: he wants to know what is wrong */
};

/*
 * Listens at path for who may ask: this user and root. 0; -EADDRINUSE: somebody answers there; -errno, with a negative
 * fd. What a program that was killed has left there is replaced.
 */
int status_listen(struct status_socket *ret, const char *path);
/* What the log of the program of this name is to say when that was r, below 0; how loud. */
enum log_level status_listen_fault(char sentence[STATUS_FAULT_MAX], int r, const char *program,
				   const char *path);
/* Takes one who asks, if there is one, and tells him. s is done with after it. Never waits. */
void status_answer(struct status_socket *socket, struct status *s);
/* Stops to listen, if it does. */
void status_close(struct status_socket *socket, const char *path);

/* Asks the program of this name at path, and writes what it says, or why it says nothing, to out. The exit status: 0
 * where nothing is wrong. */
int status_ask(const char *program, const char *path, FILE *out);

/* For config_option.check: NULL when good. */
const char *status_check(const char *path);
