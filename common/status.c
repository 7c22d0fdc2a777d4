/* SPDX-License-Identifier: MIT */
#include "status.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "config.h"
#include "local_socket.h"
#include "text.h"
#include "util.h"

#define WAITING 8    /* who asks at the same time */
#define PATIENCE_S 3 /* of who asks: the loop of a daemon that runs turns many times a second */

static const char good[] = "good\n", wrong[] = "wrong\n";

void status_begin(struct status *s)
{
	*s = (struct status){};
	s->out = open_memstream(&s->text, &s->length);
}

__attribute__((format(printf, 3, 0))) static void say(struct status *s, const char *before,
						      const char *format, va_list arguments)
{
	if (!s->out)
		return;
	fputs(before, s->out);
	vfprintf(s->out, format, arguments);
	putc('\n', s->out);
}

void status_say(struct status *s, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	say(s, "", format, arguments);
	va_end(arguments);
}

void status_wrong(struct status *s, const char *format, ...)
{
	va_list arguments;

	s->wrong = true;
	va_start(arguments, format);
	say(s, "WRONG: ", format, arguments);
	va_end(arguments);
}

const char *status_number(char buffer[STATUS_NUMBER_MAX], unsigned long long n, const char *one,
			  const char *many)
{
	snprintf(buffer, STATUS_NUMBER_MAX, "%llu %s", n, n == 1 ? one : many);
	return buffer;
}

const char *status_time(char buffer[32], unsigned long long ms)
{
	static const struct {
		unsigned long long ms;
		const char *one, *many;
	} units[] = {
	    {86400000, "day", "days"},
	    {3600000, "hour", "hours"},
	    {60000, "minute", "minutes"},
	    {1000, "second", "seconds"},
	};

	for (size_t i = 0; i < ELEMENTS_OF(units); i++) {
		unsigned long long n = ms / units[i].ms;

		if (n || i + 1 == ELEMENTS_OF(units)) {
			snprintf(buffer, 32, "%llu %s", n, n == 1 ? units[i].one : units[i].many);
			break;
		}
	}
	return buffer;
}

static int keep_spare(void)
{
	return open("/dev/null", O_RDONLY | O_CLOEXEC);
}

int status_listen(struct status_socket *ret, const char *path)
{
	ret->spare = -1;
	ret->fd = local_socket_listen(path, 0600, WAITING);
	if (ret->fd < 0)
		return ret->fd;
	ret->spare = keep_spare();
	return 0;
}

enum log_level status_listen_fault(char sentence[STATUS_FAULT_MAX], int r, const char *program,
				   const char *path)
{
	if (r == -EADDRINUSE) {
		snprintf(sentence, STATUS_FAULT_MAX,
			 "Something else is at %s, so \"%s --status\" does not ask this one.", path, program);
		return LOG_LEVEL_WARNING;
	}
	/* without the folder that a service has, say in a trial run */
	snprintf(sentence, STATUS_FAULT_MAX, "Nobody can ask at %s: %s.", path, strerror(-r));
	return LOG_LEVEL_DEBUG;
}

void status_close(struct status_socket *socket, const char *path)
{
	if (socket->spare >= 0)
		close(socket->spare);
	if (socket->fd >= 0) {
		close(socket->fd);
		unlink(path);
	}
	socket->fd = socket->spare = -1;
}

static int take(struct status_socket *socket)
{
	int fd = accept4(socket->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd >= 0 || (errno != EMFILE && errno != ENFILE) || socket->spare < 0)
		return fd;
	close(socket->spare);
	socket->spare = -1;
	return accept4(socket->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

void status_answer(struct status_socket *socket, struct status *s)
{
	int asker = take(socket);
	const char *first = s->wrong ? wrong : good;

	if (s->out)
		fclose(s->out);
	/* A new socket's buffer takes more than this. */
	if (asker >= 0 && s->text && s->length < STATUS_MOST - sizeof(wrong)) {
		if (send(asker, first, strlen(first), MSG_NOSIGNAL | MSG_MORE) > 0)
			(void)!send(asker, s->text, s->length, MSG_NOSIGNAL);
	}
	free(s->text);
	*s = (struct status){};
	if (asker >= 0)
		close(asker);
	if (socket->spare < 0)
		socket->spare = keep_spare();
}

/* Whatever answers there: nothing of it may drive the terminal. */
static void print(const char *text, FILE *out)
{
	size_t left = strlen(text), n;
	uint32_t code;

	for (; left; text += n, left -= n) {
		n = text_decode(text, left, &code);
		if (!n || (code < ' ' && code != '\n') || (code >= 0x7f && code < 0xa0)) {
			putc('?', out);
			n += !n;
		} else {
			fwrite(text, 1, n, out);
		}
	}
}

static int read_answer(int fd, char answer[STATUS_MOST])
{
	size_t used = 0;
	ssize_t n;

	while (used < STATUS_MOST - 1 && (n = read(fd, answer + used, STATUS_MOST - 1 - used)) != 0) {
		if (n < 0)
			return -errno;
		used += (size_t)n;
	}
	answer[used] = '\0';
	return 0;
}

static int no_answer(const char *program, const char *path, int error, FILE *out)
{
	if (error == -EACCES || error == -EPERM)
		fprintf(out, "WRONG: %s may be asked by root and by its own user alone (%s).\n", program,
			path);
	else if (error == -EAGAIN || error == -EWOULDBLOCK)
		fprintf(out, "WRONG: %s stands still: it has not answered for %d seconds.\n", program,
			PATIENCE_S);
	else if (error == -ENOENT || error == -ECONNREFUSED)
		fprintf(
		    out,
		    "WRONG: %s does not run, or has another option status.socket (nobody answers at %s). The service is started by \"systemctl start %s\", and \"journalctl -u %s\" has what it said.\n",
		    program, path, program, program);
	else
		fprintf(out, "WRONG: %s cannot be asked at %s: %s.\n", program, path, strerror(-error));
	return CONFIG_STATUS_FAILED;
}

int status_ask(const char *program, const char *path, FILE *out)
{
	static char answer[STATUS_MOST];
	_cleanup_(cleanup_close) int fd = -1;
	int r = fd = *path ? local_socket_reach(path, PATIENCE_S) : -ENOENT;

	if (r >= 0)
		r = read_answer(fd, answer);
	if (r < 0)
		return no_answer(program, path, r, out);
	if (!strncmp(answer, good, strlen(good))) {
		print(answer + strlen(good), out);
		fputs("Nothing is wrong.\n", out);
		return CONFIG_STATUS_GOOD;
	}
	if (strncmp(answer, wrong, strlen(wrong)) != 0) {
		fprintf(out, "WRONG: what answers at %s is not %s.\n", path, program);
		return CONFIG_STATUS_FAILED;
	}
	print(answer + strlen(wrong), out);
	return CONFIG_STATUS_FAILED;
}

const char *status_check(const char *path)
{
	if (!*path)
		return NULL;
	return *path == '/' && local_socket_fits(path)
		   ? NULL
		   : "the absolute path of a socket, of at most 107 bytes";
}
