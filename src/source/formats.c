/* The table of formats. */
#include "source/formats.h"

#include "source/job/job.h"
#include "source/logs.h"

static const struct format *const log_formats[] = {
	&logs_gcloud_json,
	&logs_json,
	&logs_table,
	&logs_ndjson,
	&logs_plain,
	&logs_binary,
	&job_format,
	&logs_text,
};

#define LOG_FORMATS (sizeof(log_formats) / sizeof(log_formats[0]))

struct choice {
	const struct format *format;
	int score;
};

static void consider(
	struct choice *choice, const struct format *format, const char *sample, size_t length)
{
	int score = format->recognise(sample, length);

	if (score > choice->score) {
		choice->format = format;
		choice->score = score;
	}
}

const struct format *formats_recognise(const char *sample, size_t length)
{
	/* plain text is what remains where nobody knows better */
	struct choice choice = { &logs_text, 0 };

	consider(&choice, &logs_own, sample, length);
	for (size_t i = 0; transcript_formats[i] != NULL; i++)
		consider(&choice, transcript_formats[i], sample, length);
	for (size_t i = 0; i < LOG_FORMATS; i++)
		consider(&choice, log_formats[i], sample, length);
	return choice.format;
}
