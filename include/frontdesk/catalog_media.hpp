/// Pictures: logos, posters, portraits. A file is kept once, under the digest of its content, in
/// the folder `<file>-media` beside the database. A record refers to it by that digest (`logo` of a
/// centre, `poster` of an activity, `picture` of a client). What nothing refers to for a day is
/// removed by `upkeep.tick`; a client's picture goes with the erased person.
#pragma once

#include <frontdesk/catalog_rooms.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace catalog {

// --- records ---

/// What a file is, told from its first bytes.
enum class MediaType : unsigned char { jpeg, png, gif, webp };
std::span<const EnumValue> enum_values(MediaType);

/// A media file.
struct Media {
  std::string digest{};
  MediaType type = MediaType::jpeg;
  std::int64_t size_bytes = 0;
  Instant put_at{};

  template <class Self = Media>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::digest>("SHA-256 of the content in hexadecimal: the file's name."),
        field<&Self::type>("What it is."),
        field<&Self::size_bytes>("Its size."),
        field<&Self::put_at>("When it was last put here."),
    };
    return table;
  }
};

/// A media file with its content.
struct MediaContent {
  Media media{};
  Bytes content{};

  template <class Self = MediaContent>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::media>("What it is."),
        field<&Self::content>("The content, byte for byte.").personal(),
    };
    return table;
  }
};

// --- events ---

/// A media file was put here that was not here before.
struct MediaAdded {
  static const storage::EventKind kind;
  std::string digest{};
  std::int64_t size_bytes = 0;

  template <class Self = MediaAdded>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::digest>("Digest of the file."),
        field<&Self::size_bytes>("Its size."),
    };
    return table;
  }
};

/// A media file was removed: nothing refers to it any more.
struct MediaRemoved {
  static const storage::EventKind kind;
  std::string digest{};

  template <class Self = MediaRemoved>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::digest>("Digest of the file."),
    };
    return table;
  }
};

// --- operations ---

/// Puts a file here. The same content is kept once. It stays for a day; a record must refer to it
/// by then.
struct PutMedia {
  using Result = Media;
  static const Operation operation;

  Bytes content{};

  template <class Self = PutMedia>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::content>("A picture: JPEG, PNG, GIF or WebP.")
            .personal()
            .length(1, 32 * 1024 * 1024),
    };
    return table;
  }
};

/// A file: for whoever may see a record that refers to it, and for whoever put it here.
struct GetMedia {
  using Result = MediaContent;
  static const Operation operation;

  std::string digest{};

  template <class Self = GetMedia>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::digest>("Digest of the file.").length(64, 64),
    };
    return table;
  }
};

}  // namespace catalog
}  // namespace v1
}  // namespace frontdesk
