#include "CMemcheck.h"

#include <valgrind/memcheck.h>

int memcheck_is_running(void) { return RUNNING_ON_VALGRIND != 0; }

size_t memcheck_report_count(void) { return VALGRIND_COUNT_ERRORS; }

int memcheck_is_marked(const void *memory, size_t bytes) {
  const unsigned char *byte = memory;
  for (size_t i = 0; i < bytes; i++) {
    unsigned char bits = 0;
    if (VALGRIND_GET_VBITS(byte + i, &bits, 1) == 1 && bits != 0) {
      return 1;
    }
  }
  return 0;
}

void memcheck_pause_reports(void) { VALGRIND_DISABLE_ERROR_REPORTING; }

void memcheck_resume_reports(void) { VALGRIND_ENABLE_ERROR_REPORTING; }
