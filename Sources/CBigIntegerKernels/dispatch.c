#include "CBigIntegerKernels.h"
