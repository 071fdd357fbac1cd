// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The command line of an example: a few optional values, each with a default and a range.
#ifndef WEAVE_EXAMPLES_ARGUMENTS_H
#define WEAVE_EXAMPLES_ARGUMENTS_H

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace support {

class arguments {
public:
  /// `usage` is the program's synopsis, of which at most `most` arguments may be given.
  arguments(int argc, char **argv, const char *usage, int most) : argc(argc), argv(argv), usage(usage) {
    if (argc == 2 && std::strcmp(argv[1], "--help") == 0) {
      std::printf("usage: %s\n", usage);
      std::exit(0);
    }
    if (argc - 1 > most)
      refuse(argv[most + 1], "is one argument too many");
  }

  /// The whole number at `position` (the first is 1), or `fallback` when it is not given.
  long number(int position, const char *name, long fallback, long least, long most) const {
    if (position >= argc)
      return fallback;
    const char *const text = argv[position];
    const char *const end = text + std::strlen(text);
    long value = 0;
    const auto [stop, error] = std::from_chars(text, end, value);
    if (error != std::errc() || stop != end || value < least || value > most) {
      char wanted[128];
      std::snprintf(wanted, sizeof wanted, "is no %s: give a whole number from %ld to %ld", name, least, most);
      refuse(text, wanted);
    }
    return value;
  }

  const char *text(int position, const char *fallback) const { return position < argc ? argv[position] : fallback; }

private:
  [[noreturn]] void refuse(const char *given, const char *why) const {
    std::fprintf(stderr, "%s: '%s' %s (usage: %s)\n", argv[0], given, why, usage);
    std::exit(2);
  }

  int argc;
  char **argv;
  const char *usage;
};

} // namespace support

#endif
