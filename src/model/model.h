/* The nouns: plain data, no behaviour. Each room fills some of them and reads others. */
#ifndef MODEL_H
#define MODEL_H

#include "base/base.h"
#include "model/cause.h"
#include "model/chain.h"
#include "model/criterion.h"
#include "model/entry.h"
#include "model/explanation.h"
#include "model/finding.h"
#include "model/pull.h"
#include "model/run.h"

#endif
