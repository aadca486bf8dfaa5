#include "eval/drawing/font.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <mutex>

#include <ft2build.h>
#include FT_FREETYPE_H

namespace recombine {
namespace {

namespace fs = std::filesystem;

/// Where distributions have fonts, and the names of those that we look for, best first.
fs::path find_font(bool bold) {
  if (const char* named = std::getenv("RECOMBINE_FONT")) return fs::exists(named) ? named : "";
  static constexpr std::array<const char*, 8> kFolders = {"/usr/share/fonts/truetype/dejavu",
                                                          "/usr/share/fonts/dejavu-sans-fonts",
                                                          "/usr/share/fonts/dejavu",
                                                          "/usr/share/fonts/TTF",
                                                          "/usr/share/fonts/truetype/liberation",
                                                          "/usr/share/fonts/liberation-sans",
                                                          "/usr/share/fonts/truetype/noto",
                                                          "/usr/share/fonts/noto"};
  static constexpr std::array<std::array<const char*, 2>, 3> kNames = {
      {{"DejaVuSans.ttf", "DejaVuSans-Bold.ttf"},
       {"LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"},
       {"NotoSans-Regular.ttf", "NotoSans-Bold.ttf"}}};
  for (const auto& names : kNames) {
    for (const char* folder : kFolders) {
      fs::path file = fs::path(folder) / names.at(bold ? 1 : 0);
      std::error_code unread;
      if (fs::exists(file, unread)) return file;
    }
  }
  return {};
}

/// The next character of UTF-8; what is none counts as U+FFFD.
char32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(at++);
  if (first < 0x80) return first;
  const int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc2 ? 1 : -1;
  if (more < 0 || first > 0xf4) return 0xfffd;
  char32_t character = first & (0x3fU >> static_cast<unsigned>(more));
  for (int i = 0; i < more; ++i) {
    if (at >= text.size() || (byte(at) & 0xc0U) != 0x80) return 0xfffd;
    character = character << 6U | (byte(at++) & 0x3fU);
  }
  return character;
}

/// A face in memory for as long as the program runs. Not thread-safe.
class Face {
 public:
  explicit Face(bool bold) {
    const fs::path file = find_font(bold);
    if (file.empty() || FT_Init_FreeType(&library_) != 0) return;
    if (FT_New_Face(library_, file.c_str(), 0, &face_) != 0) face_ = nullptr;
    if (face_ != nullptr) name_ = file.filename().string();
  }

  const std::string& name() const { return name_; }

  std::optional<FontText> draw(std::string_view text, double pixels) {
    if (face_ == nullptr) return std::nullopt;
    const auto size = static_cast<FT_F26Dot6>(std::lround(64 * pixels));
    if (FT_Set_Char_Size(face_, 0, size, 72, 72) != 0) return std::nullopt;
    const auto whole = static_cast<int>(std::ceil(pixels));
    FontText line;
    line.top = -2 * whole;
    line.left = -whole;
    line.height = 3 * whole;
    line.advance = width_of(text);
    line.width = line.advance + 2 * whole;
    line.shares.resize(static_cast<std::size_t>(line.width) *
                       static_cast<std::size_t>(line.height));
    long pen = 0;
    for (std::size_t at = 0; at < text.size();) {
      if (FT_Load_Char(face_, next_character(text, at), FT_LOAD_RENDER | FT_LOAD_TARGET_LIGHT) ==
          0) {
        copy(line, pen);
        pen += face_->glyph->advance.x;
      }
    }
    return line;
  }

 private:
  int width_of(std::string_view text) {
    long pen = 0;
    for (std::size_t at = 0; at < text.size();) {
      if (FT_Load_Char(face_, next_character(text, at), FT_LOAD_TARGET_LIGHT) == 0)
        pen += face_->glyph->advance.x;
    }
    return static_cast<int>((pen + 32) / 64);
  }

  void copy(FontText& line, long pen) const {
    const FT_GlyphSlotRec* const glyph = face_->glyph;
    const FT_Bitmap& bitmap = glyph->bitmap;
    if (bitmap.pixel_mode != FT_PIXEL_MODE_GRAY) return;
    const int left = static_cast<int>((pen + 32) / 64) + glyph->bitmap_left - line.left;
    const int top = -glyph->bitmap_top - line.top;
    for (int row = 0; row < static_cast<int>(bitmap.rows); ++row) {
      for (int col = 0; col < static_cast<int>(bitmap.width); ++col) {
        const int y = top + row;
        const int x = left + col;
        if (y < 0 || x < 0 || y >= line.height || x >= line.width) continue;
        std::uint8_t& share =
            line.shares[static_cast<std::size_t>(y) * static_cast<std::size_t>(line.width) +
                        static_cast<std::size_t>(x)];
        share = std::max(share, bitmap.buffer[row * bitmap.pitch + col]);
      }
    }
  }

  FT_Library library_ = nullptr;
  FT_Face face_ = nullptr;
  std::string name_ = "none";
};

// FreeType's faces keep the letter that they drew last, so one thread draws at a time. They are
// never given back: other threads may draw until the end.
std::mutex drawing;  // NOLINT

Face& face_of(bool bold) {
  static Face* const plain = new Face(false);  // NOLINT
  static Face* const heavy = new Face(true);   // NOLINT
  return bold ? *heavy : *plain;
}

}  // namespace

std::optional<FontText> font_text(std::string_view text, double pixels, bool bold) {
  const std::lock_guard lock(drawing);
  return face_of(bold).draw(text, pixels);
}

std::string font_name() { return face_of(false).name(); }

}  // namespace recombine
