/* SPDX-License-Identifier: MIT */
#include "set_passphrase.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <openssl/crypto.h>

#include "file.h"
#include "passphrase.h"
#include "secrets_folder.h"
#include "util.h"

#define LINE_MOST 1024

static struct termios usual; /* of the terminal, for the handler */

static void on_interrupt(int number)
{
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &usual);
	_exit(128 + number);
}

/* The first line of standard input. False: there is none, or it is too long. */
static bool read_line(char line[LINE_MOST])
{
	size_t n;

	if (!fgets(line, LINE_MOST, stdin))
		return false;
	n = strcspn(line, "\n");
	if (!line[n] && n == LINE_MOST - 1)
		return false;
	line[n] = '\0';
	return true;
}

/* The same from a terminal, which does not show it. */
static bool ask(const char *prompt, char line[LINE_MOST])
{
	struct termios silent;
	bool good;

	if (tcgetattr(STDIN_FILENO, &usual) < 0)
		return false;
	silent = usual;
	silent.c_lflag &= ~(tcflag_t)ECHO;
	signal(SIGINT, on_interrupt);
	signal(SIGTERM, on_interrupt);
	fprintf(stderr, "%s: ", prompt);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
	good = read_line(line);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &usual);
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	fputc('\n', stderr);
	return good;
}

static const char *read_passphrase(char passphrase[LINE_MOST])
{
	char again[LINE_MOST];
	const char *fault = NULL;

	if (!isatty(STDIN_FILENO))
		return read_line(passphrase) ? passphrase_fault(passphrase)
					     : "There is no passphrase on standard input.";
	if (!ask("New passphrase of the facilitator", passphrase))
		return "No passphrase was given.";
	fault = passphrase_fault(passphrase);
	if (fault)
		return fault;
	if (!ask("The same again", again) || strcmp(passphrase, again) != 0)
		fault = "The two are not the same.";
	OPENSSL_cleanse(again, sizeof(again));
	return fault;
}

static int keep(const char *passphrase)
{
	char hash[PASSPHRASE_HASH_MAX + 1];
	int r = passphrase_hash(hash, passphrase);

	if (r < 0)
		return r;
	strcat(hash, "\n");
	return file_replace(SECRETS_FOLDER_PASSPHRASE, hash, strlen(hash));
}

int set_passphrase(const struct broadcaster_options *options)
{
	char passphrase[LINE_MOST] = "", why[SECRETS_FOLDER_WHY_MAX];
	const char *fault;
	int r;

	if (secrets_folder_enter(options->access_folder, why) < 0) {
		fprintf(stderr, "%s\n", why);
		return CONFIG_STATUS_FAILED;
	}
	fault = read_passphrase(passphrase);
	r = fault ? 0 : keep(passphrase);
	OPENSSL_cleanse(passphrase, sizeof(passphrase));
	if (fault)
		fprintf(stderr, "%s\n", fault);
	else if (r < 0)
		fprintf(stderr, "The passphrase cannot be kept in %s: %s.\n", options->access_folder,
			strerror(-r));
	else
		printf("The passphrase is set. Who was signed in signs in anew.\n");
	return fault || r < 0 ? CONFIG_STATUS_FAILED : CONFIG_STATUS_GOOD;
}
