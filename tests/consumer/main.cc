#include <iostream>

#include "generator/grids/search/episode.h"

int main() {
  const recombine::Episode episode = recombine::EpisodeMaker({}, 1860).make(0);
  for (const recombine::Example& pair : episode.queries) {
    std::cout << pair.input << " -> " << pair.output << "\n";
  }
}
