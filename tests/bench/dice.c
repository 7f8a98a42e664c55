/* Numbers that look random, the same in each run. */
#include "corpus.h"

struct dice dice_of(uint64_t seed)
{
	return (struct dice){ seed };
}

/* Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014. */
uint64_t dice_next(struct dice *dice)
{
	uint64_t mixed = dice->state += UINT64_C(0x9e3779b97f4a7c15);

	mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
	return mixed ^ (mixed >> 31);
}

unsigned dice_roll(struct dice *dice, unsigned sides)
{
	return (unsigned)(dice_next(dice) % sides);
}
