/* SPDX-License-Identifier: MIT */
/* The collector: makes every object, wires them, runs the loop, takes all down. */
#pragma once

/* Returns the exit status: 0, 1 (could not run; said why), 2 (wrong options). */
int collector_main(int argc, char **argv);
