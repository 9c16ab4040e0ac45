/// Media files, for the rest of the area.
#pragma once

#include <frontdesk/catalog_media.hpp>

#include "storage/hooks.hpp"

namespace frontdesk::catalog {

/// How long a file stays that nothing refers to.
extern const storage::Setting media_kept_seconds;
/// How many files an account that manages nothing may put here a day.
extern const storage::Setting media_daily_max;
/// The largest file of each type; 0: the type is not taken.
extern const storage::Setting media_jpeg_bytes_max;
extern const storage::Setting media_png_bytes_max;
extern const storage::Setting media_gif_bytes_max;
extern const storage::Setting media_webp_bytes_max;

/// What a file is, by its first bytes; none: nothing that is kept here.
std::optional<MediaType> media_type_of(std::string_view content);
/// Whether a text has the form of a digest; another is the host's own name of a picture.
bool is_digest(std::string_view text);
/// Refuses a digest of a file that is not here or not shown to the caller, both alike:
/// storage::missing("media", field).
void check_media(storage::Transaction& transaction, const std::optional<std::string>& name,
                 std::string_view field);
/// Whether any record refers to the file.
bool is_used(storage::Transaction& transaction, std::string_view digest);
/// Whether the caller may see the file.
bool is_shown(storage::Transaction& transaction, std::string_view digest);
/// Gives a file up: its row goes now, the file once this is committed.
void give_up(storage::Transaction& transaction, const std::string& digest);

}  // namespace frontdesk::catalog
