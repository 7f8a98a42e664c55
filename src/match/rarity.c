/* How common each byte is in logs, roughly: one hexadecimal digit a byte, on a logarithmic scale. */
#include "match/windows.h"

static const char common[256 + 1] =
	"0000000009500400" /* control characters: tab, newline, carriage return */
	"0000000000000000"
	"f1b3254688424cda" /*  !"#$%&'()*+,-./ */
	"eeddcccccccb4563" /* 0123456789:;<=>? */
	"3dabcdaaacabcbcc" /* @ABCDEFGHIJKLMNO, counted with the lower case */
	"b7ccdb9998a6463a" /* PQRSTUVWXYZ[\]^_ */
	"2ebcdfbbcda8cbde"
	"d6eeedbaa9b86560"
	"1111111111111111" /* tails and heads of UTF-8 */
	"1111111111111111"
	"1111111111111111"
	"1111111111111111"
	"0011111111111111"
	"1111111111111111"
	"1111111111111111"
	"1111100000000000";

unsigned rarity_of(unsigned char byte)
{
	char digit = common[byte];

	return digit <= '9' ? (unsigned)(digit - '0') : (unsigned)(digit - 'a') + 10;
}
