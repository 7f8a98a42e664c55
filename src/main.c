/* Find the command, run it, set the exit status; nothing else. */
#include "cmd/cmd.h"

int main(int argc, char **argv)
{
	return cmd_main(argc, argv);
}
