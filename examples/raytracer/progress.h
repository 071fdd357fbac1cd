// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A progress bar for programs with many workers. It shows itself on a terminal only, never in a file or a pipe.
#ifndef WEAVE_EXAMPLES_RAYTRACER_PROGRESS_H
#define WEAVE_EXAMPLES_RAYTRACER_PROGRESS_H

#include <cstdio>
#include <mutex>
#include <string>
#include <unistd.h>

class progress {
public:
  explicit progress(int steps) : steps(steps), visible(isatty(STDERR_FILENO) == 1) {}

  ~progress() {
    if (visible)
      std::fputs("\r\033[K", stderr);
  }

  progress(const progress &) = delete;
  progress &operator=(const progress &) = delete;

  /// One more step is done. Any worker may say so at any time.
  void advance() {
    if (!visible)
      return;
    const std::lock_guard<std::mutex> guard(drawing);
    ++done;
    const int filled = static_cast<int>(static_cast<long>(width) * done / steps);
    if (filled == shown)
      return;
    shown = filled;
    const std::string bar = std::string(filled, '#') + std::string(width - filled, '.');
    std::fprintf(stderr, "\r[%s] %3d%%", bar.c_str(), static_cast<int>(100L * done / steps));
  }

private:
  static constexpr int width = 50;

  const int steps;
  const bool visible;
  std::mutex drawing;
  int done = 0, shown = -1;
};

#endif
