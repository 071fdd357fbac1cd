// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Detached tasks own what they use, and sync_scope is an object in front of its block.
// RUN: %transform | %FileCheck %s

#include <string>
int work(int);
void print(const std::string &);

struct server {
  int port = 80;
  void serve(int client, std::string name);
};

void server::serve(int client, std::string name) {
  // CHECK: {{^}}::weave::detail::detached().spawn([this, client, name] {
#pragma weave spawn detached firstprivate(name)
  {
    work(client + port);
    print(name);
  }
  // CHECK: } }, WEAVE_SITE({{[^;]*}});
  // CHECK: {{^}}::weave::detail::detached(!(client > 3) ? false : true).spawn([name = std::move(name)] { WEAVE_HIDING(auto &weave_name =
#pragma weave spawn move(name) detached if(client > 3)
  print(name += "!");
}

int scopes(int n) {
  int x = 0;
  if (n)
    // CHECK: {{^}}{ ::weave::sync_scope weave_scope_[[#SCOPE:@LINE+1]]; WEAVE_TRY
#pragma weave sync_scope
  {
    // CHECK: .fork([&x, n] {
#pragma weave spawn
    x = work(n);
#pragma weave spawn detached
    work(n);
    // CHECK: }); } WEAVE_CATCH(weave_scope_[[#SCOPE]]) } else
  } else
    work(1);
  return x;
}
