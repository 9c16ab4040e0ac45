#include "catalog/media.hpp"

#include "catalog/centres.hpp"
#include "storage/define.hpp"
#include "storage/media_files.hpp"
#include "storage/rows.hpp"

#include <algorithm>

namespace frontdesk::catalog {

using storage::Setting;

constinit const storage::EventKind MediaAdded::kind{"catalog.media_added",
                                                    "A media file was put here."};
constinit const storage::EventKind MediaRemoved::kind{"catalog.media_removed",
                                                      "A media file was removed."};

constexpr std::int64_t bytes_standard = 5'000'000;
constexpr std::int64_t bytes_highest = 32 * 1024 * 1024;

constinit const Setting media_kept_seconds{"catalog.media_kept_seconds",
                                           "How long a media file stays that nothing refers to.",
                                           86'400, 3'600, 31'536'000};
constinit const Setting media_daily_max{
    "catalog.media_daily_max",
    "How many media files an account that manages no centre may put here within 24 hours.", 50, 0,
    100'000};
constinit const Setting media_jpeg_bytes_max{"catalog.media_jpeg_bytes_max",
                                             "Largest JPEG picture in bytes; 0: none is taken.",
                                             bytes_standard, 0, bytes_highest};
constinit const Setting media_png_bytes_max{"catalog.media_png_bytes_max",
                                            "Largest PNG picture in bytes; 0: none is taken.",
                                            bytes_standard, 0, bytes_highest};
constinit const Setting media_gif_bytes_max{"catalog.media_gif_bytes_max",
                                            "Largest GIF picture in bytes; 0: none is taken.",
                                            bytes_standard, 0, bytes_highest};
constinit const Setting media_webp_bytes_max{"catalog.media_webp_bytes_max",
                                             "Largest WebP picture in bytes; 0: none is taken.",
                                             bytes_standard, 0, bytes_highest};

std::optional<MediaType> media_type_of(std::string_view content) {
  using namespace std::string_view_literals;
  if (content.starts_with("\xFF\xD8\xFF"sv)) return MediaType::jpeg;
  if (content.starts_with("\x89PNG\r\n\x1A\n"sv)) return MediaType::png;
  if (content.starts_with("GIF87a"sv) || content.starts_with("GIF89a"sv)) return MediaType::gif;
  constexpr std::size_t riff_header = 12;
  if (content.size() >= riff_header && content.starts_with("RIFF"sv) &&
      content.substr(8, 4) == "WEBP"sv) {
    return MediaType::webp;
  }
  return std::nullopt;
}

bool is_digest(std::string_view text) {
  constexpr std::size_t digest_digits = 64;
  return text.size() == digest_digits && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

bool is_used(Transaction& transaction, std::string_view digest) {
  const auto uses = transaction.hooks().media_uses;
  return std::any_of(uses.begin(), uses.end(), [&](const storage::MediaUse& use) {
    return use.is_used(transaction, digest);
  });
}

bool is_shown(Transaction& transaction, std::string_view digest) {
  const storage::Principal& caller = transaction.principal();
  if (caller.is_host()) return true;
  if (caller.account && transaction.exists("SELECT 1 FROM media WHERE digest = $1 AND put_by = $2",
                                           digest, caller.account)) {
    return true;
  }
  const auto uses = transaction.hooks().media_uses;
  return std::any_of(uses.begin(), uses.end(), [&](const storage::MediaUse& use) {
    return use.is_shown(transaction, digest);
  });
}

void check_media(Transaction& transaction, const std::optional<std::string>& name,
                 std::string_view field) {
  if (!name || !is_digest(*name)) return;
  if (!transaction.exists("SELECT 1 FROM media WHERE digest = $1", *name) ||
      !is_shown(transaction, *name)) {
    storage::missing("media", field);
  }
}

void give_up(Transaction& transaction, const std::string& digest) {
  transaction.execute("DELETE FROM media WHERE digest = $1", digest);
  transaction.execute(
      "INSERT INTO media_removals (digest, given_up_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
      digest, transaction.now());
  transaction.emit(MediaRemoved{.digest = digest});
}

// --- put ---

namespace {

constexpr std::chrono::hours daily_window{24};

struct PreparedMedia {
  Media media{};
  std::shared_ptr<storage::WaitingFile> file{};
};

std::int64_t bytes_max(Transaction& transaction, MediaType type) {
  switch (type) {
    case MediaType::jpeg:
      return storage::number(transaction, media_jpeg_bytes_max);
    case MediaType::png:
      return storage::number(transaction, media_png_bytes_max);
    case MediaType::gif:
      return storage::number(transaction, media_gif_bytes_max);
    case MediaType::webp:
      break;
  }
  return storage::number(transaction, media_webp_bytes_max);
}

void check_daily(Transaction& transaction) {
  const storage::Principal& caller = transaction.principal();
  if (caller.is_host() || !managed(transaction).nothing()) return;
  const std::int64_t most = storage::number(transaction, media_daily_max);
  const std::int64_t count =
      transaction
          .one_number("SELECT count(*) FROM media WHERE put_by = $1 AND put_at > $2",
                      caller.account, transaction.now() - daily_window)
          .value_or(0);
  if (count >= most) throw Error(Code::rate_limited, "media_daily_limit", {}, {{"most", most}});
}

Media checked(Transaction& transaction, const PutMedia& request) {
  const std::string& content = request.content.value;
  const auto type = media_type_of(content);
  const std::int64_t most = type ? bytes_max(transaction, *type) : 0;
  if (most == 0) throw Error(Code::invalid, "media_type_unsupported", "content");
  const auto size = static_cast<std::int64_t>(content.size());
  if (size > most) {
    throw Error(Code::invalid, "media_too_large", "content",
                {{"size_bytes", size}, {"bytes_max", most}});
  }
  return {.digest = crypto::hex(crypto::view(crypto::sha256(content))),
          .type = *type,
          .size_bytes = size,
          .put_at = transaction.now()};
}

}  // namespace

std::shared_ptr<void> prepare(Transaction& snapshot, const PutMedia& request) {
  check_daily(snapshot);
  auto prepared = std::make_shared<PreparedMedia>();
  prepared->media = checked(snapshot, request);
  prepared->file = storage::MediaFiles(snapshot.file_path()).write(request.content.value);
  return prepared;
}

Media handle(Transaction& transaction, const PutMedia& request) {
  check_daily(transaction);
  const auto& prepared = transaction.prepared<PreparedMedia>();
  Media media = prepared.media;
  media.put_at = transaction.now();
  const bool is_new = !transaction.exists("SELECT 1 FROM media WHERE digest = $1", media.digest);
  transaction.execute(
      "INSERT INTO media (digest, type, size_bytes, put_at, put_by, checked_at)"
      " VALUES ($1, $2, $3, $4, $5, $4)"
      " ON CONFLICT (digest) DO UPDATE SET put_at = excluded.put_at, put_by = excluded.put_by,"
      "  checked_at = excluded.checked_at",
      media.digest, media.type, media.size_bytes, media.put_at, transaction.principal().account);
  transaction.execute("DELETE FROM media_removals WHERE digest = $1", media.digest);
  if (!transaction.is_preview()) {
    storage::MediaFiles(transaction.file_path())
        .keep(*prepared.file, media.digest, request.content.value);
  }
  if (is_new) transaction.emit(MediaAdded{.digest = media.digest, .size_bytes = media.size_bytes});
  return media;
}

static constexpr Refusal put_refusals[] = {
    {Code::rate_limited, "media_daily_limit", "as many files as allowed were put here today"},
    {Code::invalid, "media_type_unsupported", "no picture of a type that is taken"},
    {Code::invalid, "media_too_large", "larger than its type may be"},
    {Code::storage, "disk_full", "no room is left for the file"},
    {Code::storage, "file_denied", "the folder beside the database cannot be written"},
};

constinit const Operation PutMedia::operation = storage::define_prepared<PutMedia>({
    .number = 346,
    .name = "catalog.put_media",
    .kind = OperationKind::write,
    .doc = "Puts a picture here, kept once under the digest of its content.",
    .rule = {.audience = Audience::signed_in},
    .refusals = put_refusals,
    .example = R"({"content": "R0lGODlhAQABAAAAACw="})",
});

// --- get ---

MediaContent handle(Transaction& transaction, const GetMedia& request) {
  auto media = storage::find<Media>(transaction, "media WHERE digest = $1", request.digest);
  if (!media || !is_shown(transaction, request.digest)) storage::missing("media", "digest");
  MediaContent found;
  found.media = *media;
  found.content.value = storage::MediaFiles(transaction.file_path()).read(request.digest);
  if (crypto::hex(crypto::view(crypto::sha256(found.content.value))) != request.digest) {
    throw Error(Code::storage, "media_file_damaged");
  }
  return found;
}

static constexpr Refusal get_refusals[] = {
    {Code::not_found, "media_not_found", "no such file, or not shown to the caller"},
    {Code::storage, "media_file_missing", "the file is gone from its folder"},
    {Code::storage, "media_file_damaged", "the file was changed in its folder"},
};

constinit const Operation GetMedia::operation = storage::define<GetMedia>({
    .number = 347,
    .name = "catalog.get_media",
    .kind = OperationKind::read,
    .doc = "A picture, for whoever may see a record that shows it.",
    .rule = {.audience = Audience::everyone},
    .refusals = get_refusals,
    .example = R"({"digest": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"})",
});

}  // namespace frontdesk::catalog
