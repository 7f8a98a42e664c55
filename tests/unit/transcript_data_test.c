/* Real transcripts and result files, where the external test data are at hand. */
#include <cjson/cJSON.h>
#include <string.h>

#include "transcript_support.h"

#include "unit/test.h"

static cJSON *read_json(TALLOC_CTX *mem, const char *path)
{
	struct err err = { 0 };
	size_t length;
	char *text;
	cJSON *json;

	assert_int_equal(path_read(mem, path, 64 << 20, &text, &length, &err), 0);
	json = cJSON_ParseWithLength(text, length);
	assert_non_null(json);
	return json;
}

static uint64_t figure(const cJSON *object, const char *name, uint64_t otherwise)
{
	const cJSON *item = cJSON_GetObjectItem(object, name);

	return cJSON_IsNumber(item) ? (uint64_t)item->valuedouble : otherwise;
}

static bool is_equal(const cJSON *expected, const struct counts *counts)
{
	return figure(expected, "passed", counts->passed) == counts->passed &&
	       figure(expected, "failed", counts->failed) == counts->failed &&
	       figure(expected, "errors", counts->errors) == counts->errors &&
	       figure(expected, "skipped", counts->skipped) == counts->skipped;
}

static void every_result_file_counts_as_its_framework_says(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	const char *folder = transcript_data(mem, "test-reports");
	cJSON *list, *item;
	unsigned wrong = 0;

	(void)state;
	if (folder == NULL)
		return;
	list = read_json(mem, path_join(mem, folder, "expected.json"));
	cJSON_ArrayForEach(item, list)
	{
		const char *file = cJSON_GetStringValue(cJSON_GetObjectItem(item, "file"));
		const char *format = cJSON_GetStringValue(cJSON_GetObjectItem(item, "format"));
		const char *paths[] = { path_join(mem, folder, file), NULL };
		struct reading *reading = transcript_read_files(mem, paths);

		if (!is_equal(item, &reading->run->counts) ||
			strcmp(format, reading->info->format) != 0) {
			printf("# %s: %s: %s\n", file, reading->info->format,
				transcript_figures(mem, &reading->run->counts));
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
	cJSON_Delete(list);
	talloc_free(mem);
}

/* Blanks are squashed: a text may be cited in another layout. */
static char *squash(TALLOC_CTX *mem, const char *text)
{
	char *copy = mem_strdup(mem, text), *out = copy;

	for (const char *c = text; *c != '\0'; c++)
		if (strchr(" \t\n", *c) == NULL || (out > copy && out[-1] != ' '))
			*out++ = strchr(" \t\n", *c) != NULL ? ' ' : *c;
	*out = '\0';
	return copy;
}

static bool is_told(TALLOC_CTX *mem, const struct reading *reading, const char *text)
{
	const char *wanted = squash(mem, text);

	for (size_t i = 0; i < reading->count; i++)
		if (strstr(squash(mem, reading->lines[i].text), wanted) != NULL)
			return true;
	return false;
}

static unsigned check_incident(TALLOC_CTX *mem, const char *folder)
{
	cJSON *expected = read_json(mem, path_join(mem, folder, "expected.json"));
	const cJSON *item;
	const char **paths = mem_array(mem, const char *, 16);
	struct reading *reading;
	unsigned wrong = 0;
	size_t count = 0;

	cJSON_ArrayForEach(item, cJSON_GetObjectItem(expected, "files")) paths[count++] =
		path_join(mem, folder, cJSON_GetStringValue(cJSON_GetObjectItem(item, "file")));
	reading = transcript_read_files(mem, paths);
	if (!is_equal(cJSON_GetObjectItem(expected, "tests"), &reading->run->counts)) {
		printf("# %s: %s\n", path_base(folder),
			transcript_figures(mem, &reading->run->counts));
		wrong++;
	}
	if (reading->info->transcript)
		cJSON_ArrayForEach(
			item, cJSON_GetObjectItem(expected,
				      "must_cite")) if (!is_told(mem, reading, item->valuestring))
		{
			printf("# %s: not told: %s\n", path_base(folder), item->valuestring);
			wrong++;
		}
	cJSON_Delete(expected);
	return wrong;
}

static void every_incident_has_its_test_counts_and_its_texts(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	const char *folder = transcript_data(mem, "incidents");
	struct err err = { 0 };
	unsigned wrong = 0;
	char **files;

	(void)state;
	if (folder == NULL)
		return;
	assert_int_equal(path_list(mem, folder, "expected.json", true, &files, &err), 0);
	for (; *files != NULL; files++) {
		TALLOC_CTX *parts = talloc_new(mem);

		*strrchr(*files, '/') = '\0';
		wrong += check_incident(parts, *files);
		talloc_free(parts);
	}
	assert_int_equal(wrong, 0);
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_result_file_counts_as_its_framework_says),
		cmocka_unit_test(every_incident_has_its_test_counts_and_its_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
