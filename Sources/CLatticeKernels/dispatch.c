#include "CLatticeKernels.h"
