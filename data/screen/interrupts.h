#pragma once
// Who is asked, beside the program's own signal handlers, whether long work is to end.

namespace recombine {

/// From now on check_interrupted() throws, too, where `asked` says true: a program that is only a
/// part of another one's process has not the handlers. Called by any thread, also while it works.
void also_ask(bool (*asked)());

/// What that function says; false where there is none.
bool is_asked_to_end();

}  // namespace recombine
