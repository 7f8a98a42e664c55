/* Ways to write a date and a time, as loggers do it. */
#include "source/stamp_formats.h"

#include <string.h>
#include <strings.h>

/*
 * Y m d H M S: numbers of their full width; D N I: day, month, hour of one or two digits.
 * b: name of a month; a: name of a day; p: AM or PM; L: a letter of klog; X: any letter; #: digits;
 * T: "T", "_" or a blank; _: blanks; f: a fraction, or nothing; z: a zone, or nothing.
 * All else stands for itself.
 */
static const char *const formats[] = {
	"Y-m-dTH:M:Sfz", /* RFC 3339, Python, PostgreSQL, loguru */
	"[Y-m-dTH:M:Sfz", /* Celery, Rails, Kafka */
	"Y/m/dTH:M:Sfz", /* Go, nginx */
	"[Y/m/dTH:M:Sfz",
	"[#]_Y/m/d_H:M:Sfz", /* NATS */
	"Lmd_H:M:Sf", /* klog */
	"b_D_H:M:Sf", /* RFC 3164 */
	"b_D_Y_H:M:Sfz",
	"<#>b_D_H:M:Sf",
	"<#>#_Y-m-dTH:M:Sfz", /* RFC 5424 */
	"[D/b/Y:H:M:Sfz",
	"D/b/Y:H:M:Sfz",
	"D_b_Y_H:M:Sfz",
	"#:X_D_b_Y_H:M:Sfz", /* Redis: process and role come first */
	"[#]_D_b_H:M:Sf", /* Redis before 3.0 */
	"D-b-Y_H:M:Sfz", /* PHP, Tomcat */
	"[D-b-Y_H:M:Sfz",
	"N/D/Y,_I:M:Sfp",
	"N/D/Y_I:M:Sfp",
	"[N/D/Y,_I:M:Sfp",
	"b_D,_Y_I:M:Sfp", /* java.util.logging */
	"Y_b_D_H:M:Sfz",
	"Y.m.dTH:M:Sfz",
	"D.N.Y_H:M:Sfz",
	"a_b_D_H:M:Sf_Y", /* ctime */
	"[a_b_D_H:M:Sf_Y", /* Apache */
	"a_b_D_Y_H:M:Sfz",
	"a,_D_b_Y_H:M:Sfz", /* RFC 5322 */
	"YmdTH:M:Sfz",
	"YmdTHMSfz",
};

/* A month or a day is known by its first three letters. */
static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
static const char days[] = "montuewedthufrisatsun";

struct scan {
	const char *text;
	size_t length, at;
	struct stamp_fields *fields;
	bool afternoon, noon_clock; /* of a clock with twelve hours */
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char peek(const struct scan *scan, size_t ahead)
{
	return scan->at + ahead < scan->length ? scan->text[scan->at + ahead] : '\0';
}

/* FROM to TO digits. */
static bool number(struct scan *scan, int from, int to, int *out)
{
	int count = 0, value = 0;

	for (; count < to && is_digit(peek(scan, 0)); count++, scan->at++)
		value = value * 10 + (peek(scan, 0) - '0');
	*out = value;
	return count >= from;
}

static bool name(struct scan *scan, const char *names, int *index)
{
	for (size_t i = 0; names[i] != '\0'; i += 3)
		if (scan->at + 3 <= scan->length &&
			strncasecmp(scan->text + scan->at, names + i, 3) == 0) {
			*index = (int)(i / 3) + 1;
			while (is_letter(peek(scan, 0)))
				scan->at++;
			return true;
		}
	return false;
}

static void fraction(struct scan *scan)
{
	int64_t unit = WHEN_SECOND / 10;

	if ((peek(scan, 0) != '.' && peek(scan, 0) != ',') || !is_digit(peek(scan, 1)))
		return;
	for (scan->at++; is_digit(peek(scan, 0)); scan->at++, unit /= 10)
		scan->fields->civil.nanosecond += unit * (peek(scan, 0) - '0');
}

/* "+hh:mm", "+hhmm" or "+hh", which must not go on: "-12345" is no zone. */
static bool numeric_zone(struct scan *scan)
{
	int64_t sign = peek(scan, 0) == '-' ? -1 : 1;
	int hours, minutes = 0;

	if (peek(scan, 0) != '+' && peek(scan, 0) != '-')
		return false;
	scan->at++;
	if (!number(scan, 2, 2, &hours) || hours > 14)
		return false;
	if (peek(scan, 0) == ':' && is_digit(peek(scan, 1)))
		scan->at++;
	if (is_digit(peek(scan, 0)) && (!number(scan, 2, 2, &minutes) || minutes % 15 != 0))
		return false;
	scan->fields->civil.offset = sign * (hours * 3600 + minutes * 60);
	return !is_digit(peek(scan, 0));
}

static void zone(struct scan *scan)
{
	size_t begin = scan->at;
	bool blank = peek(scan, 0) == ' ';

	scan->fields->has_zone = true;
	scan->at += blank;
	if (!blank && (peek(scan, 0) == 'Z' || peek(scan, 0) == 'z') && !is_letter(peek(scan, 1))) {
		scan->at++;
		return;
	}
	for (size_t i = 0; i < 2; i++)
		if (scan->length - scan->at >= 3 &&
			memcmp(scan->text + scan->at, i == 0 ? "UTC" : "GMT", 3) == 0 &&
			!is_letter(peek(scan, 3))) {
			scan->at += 3;
			return;
		}
	if (numeric_zone(scan))
		return;
	scan->at = begin;
	scan->fields->civil.offset = 0;
	scan->fields->has_zone = false;
}

static void half_day(struct scan *scan)
{
	size_t blank = peek(scan, 0) == ' ';
	char half = peek(scan, blank);

	if ((half != 'A' && half != 'P' && half != 'a' && half != 'p') ||
		(peek(scan, blank + 1) != 'M' && peek(scan, blank + 1) != 'm'))
		return;
	scan->noon_clock = true;
	scan->afternoon = half == 'P' || half == 'p';
	scan->at += blank + 2;
}

static bool year(struct scan *scan)
{
	scan->fields->has_year = true;
	return number(scan, 4, 4, &scan->fields->civil.year);
}

static bool blanks(struct scan *scan)
{
	size_t begin = scan->at;

	while (peek(scan, 0) == ' ')
		scan->at++;
	return scan->at > begin;
}

/* A letter of the table that is a number. */
static int *number_field(struct when_civil *civil, char letter, int *from, int *to)
{
	static const char letters[] = "mdHMSDNI";
	int *const fields[] = { &civil->month, &civil->day, &civil->hour, &civil->minute,
		&civil->second, &civil->day, &civil->month, &civil->hour };
	const char *found = strchr(letters, letter);

	if (found == NULL)
		return NULL;
	*from = found - letters < 5 ? 2 : 1;
	*to = 2;
	return fields[found - letters];
}

static bool letter_step(struct scan *scan, char letter)
{
	int ignored, from, to, *field;

	field = number_field(&scan->fields->civil, letter, &from, &to);
	if (field != NULL)
		return number(scan, from, to, field);
	if (letter == 'b')
		return name(scan, months, &scan->fields->civil.month);
	if (letter == 'a')
		return name(scan, days, &ignored);
	if (letter == 'X')
		return is_letter(peek(scan, 0)) && scan->at++ < scan->length;
	if (letter == 'L')
		return strchr("IWEF", peek(scan, 0)) != NULL && scan->at++ < scan->length;
	return false;
}

static bool step(struct scan *scan, char letter)
{
	int ignored;

	if (letter == 'Y')
		return year(scan);
	if (is_letter(letter) && strchr("Tfzp", letter) == NULL)
		return letter_step(scan, letter);
	if (letter == '_')
		return blanks(scan);
	if (letter == '#')
		return number(scan, 1, 9, &ignored);
	if (letter == 'f')
		fraction(scan);
	else if (letter == 'z')
		zone(scan);
	else if (letter == 'p')
		half_day(scan);
	else if (letter == 'T')
		return peek(scan, 0) != '\0' && strchr("T _t", peek(scan, 0)) != NULL &&
		       scan->at++ < scan->length;
	else
		return peek(scan, 0) == letter && scan->at++ < scan->length;
	return true;
}

size_t stamp_formats_count(void)
{
	return sizeof(formats) / sizeof(formats[0]);
}

size_t stamp_formats_try(size_t index, const char *text, size_t length, struct stamp_fields *fields)
{
	struct scan scan = { .text = text, .length = length, .fields = fields };

	memset(fields, 0, sizeof(*fields));
	for (const char *letter = formats[index]; *letter != '\0'; letter++)
		if (!step(&scan, *letter))
			return 0;
	if (scan.noon_clock)
		fields->civil.hour = fields->civil.hour % 12 + (scan.afternoon ? 12 : 0);
	return scan.at;
}
