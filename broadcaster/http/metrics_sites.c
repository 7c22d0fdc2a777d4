/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "metrics.h"

#define NEW_MS 15000 /* three messages of the collector */

static bool is_told(const struct relay_counts *site, int metric, uint64_t now_ms)
{
	return site->came_ms && now_ms - site->came_ms <= NEW_MS && site->metrics.given[metric];
}

static void write_value(FILE *out, const struct collector_metric_row *row, const struct relay_counts *site,
			uint64_t value)
{
	fprintf(out, "connvis_collector_%s{site=\"%s\"%s%s} ", row->name, site->site, row->label ? "," : "",
		row->label ? row->label : "");
	if (row->per == 1)
		fprintf(out, "%" PRIu64 "\n", value);
	else
		fprintf(out, "%.6f\n", (double)value / row->per);
}

/* The rows of one name, of all sites: they have to stand together. Returns the row behind them. */
static int write_name(FILE *out, const struct metrics *m, int first)
{
	const struct collector_metric_row *rows = collector_metric_rows;
	bool any = false;
	int row = first;

	do {
		for (size_t i = 0; i < m->n_sites; i++) {
			if (!is_told(&m->sites[i], row, m->now_ms))
				continue;
			if (!any)
				fprintf(
				    out, "# HELP connvis_collector_%s %s\n# TYPE connvis_collector_%s %s\n",
				    rows[first].name, rows[first].help, rows[first].name, rows[first].type);
			any = true;
			write_value(out, &rows[row], &m->sites[i], m->sites[i].metrics.values[row]);
		}
	} while (++row < COLLECTOR_METRICS && !rows[row].help);
	return row;
}

void metrics_write_sites(FILE *out, const struct metrics *m)
{
	for (int row = 0; row < COLLECTOR_METRICS;)
		row = write_name(out, m, row);
}
