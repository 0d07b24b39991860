#ifndef C_MEMCHECK_H
#define C_MEMCHECK_H

#include <stddef.h>

/// Nonzero when the program runs under valgrind.
int memcheck_is_running(void);

/// How many reports memcheck has made so far.
size_t memcheck_report_count(void);

/// Whether memcheck counts any bit of the bytes as never written.
int memcheck_is_marked(const void *memory, size_t bytes);

/// Between these two, memcheck makes no reports about this thread.
void memcheck_pause_reports(void);
void memcheck_resume_reports(void);

#endif
