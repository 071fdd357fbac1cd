namespace {
struct hidden_in_header {
  int value = 1;
};
} // namespace
struct seen_in_header {
  hidden_in_header one;
};
