#include "access/accounts.hpp"
#include "access/authorization.hpp"
#include "catalog/activities.hpp"
#include "catalog/centres.hpp"
#include "catalog/facts.hpp"
#include "catalog/lists.hpp"
#include "catalog/media.hpp"
#include "describe/json.hpp"
#include "storage/media_files.hpp"

namespace frontdesk::catalog {
namespace {

// --- what refers to files ---

bool is_logo(Transaction& transaction, std::string_view digest) {
  return transaction.exists("SELECT 1 FROM centres WHERE logo = $1", digest);
}

bool is_logo_shown(Transaction& transaction, std::string_view digest) {
  const storage::Reach reach = managed(transaction);
  storage::Cursor rows = transaction.query(
      "SELECT id, active = 1 AND archived_at IS NULL FROM centres WHERE logo = $1", digest);
  while (rows.next()) {
    if (rows.integer(1) != 0 || reach.covers(rows.id<CentreTag>(0))) return true;
  }
  return false;
}

bool is_poster(Transaction& transaction, std::string_view digest) {
  return transaction.exists("SELECT 1 FROM activities WHERE poster = $1", digest);
}

bool is_poster_shown(Transaction& transaction, std::string_view digest) {
  const storage::Reach reach = managed(transaction);
  for (const Activity& activity :
       storage::all<Activity>(transaction, "activities WHERE poster = $1", digest)) {
    if (is_public(transaction, activity) || reach.covers(activity.centre, activity.section)) {
      return true;
    }
  }
  return false;
}

bool is_picture(Transaction& transaction, std::string_view digest) {
  return transaction.exists("SELECT 1 FROM clients WHERE picture = $1", digest);
}

std::vector<ClientId> pictured(Transaction& transaction, std::string_view digest) {
  storage::Cursor rows = transaction.query("SELECT id FROM clients WHERE picture = $1", digest);
  std::vector<ClientId> found;
  while (rows.next()) found.push_back(rows.id<ClientTag>(0));
  return found;
}

bool is_picture_shown(Transaction& transaction, std::string_view digest) {
  const storage::Reach reach = access::reach_of(transaction, "people.view");
  if (reach.nothing()) return false;
  for (ClientId client : pictured(transaction, digest)) {
    if (access::covers(transaction, reach, Subject::client, client.value)) return true;
  }
  return false;
}

// --- time ---

constexpr std::int64_t looked_at_once = 100;
constexpr std::int64_t folders = 256;

/// Files that have not been looked at for a while: those in use stay, the others go.
bool look_at_some(Transaction& transaction, std::int64_t& done) {
  const Duration kept{storage::number(transaction, media_kept_seconds)};
  std::vector<std::string> digests;
  {
    storage::Cursor rows = transaction.query(
        "SELECT digest FROM media WHERE checked_at <= $1 ORDER BY checked_at, digest LIMIT $2",
        transaction.now() - kept, looked_at_once);
    while (rows.next()) digests.emplace_back(rows.text(0));
  }
  for (const std::string& digest : digests) {
    if (is_used(transaction, digest)) {
      transaction.execute("UPDATE media SET checked_at = $2 WHERE digest = $1", digest,
                          transaction.now());
    } else {
      give_up(transaction, digest);
      ++done;
    }
  }
  return static_cast<std::int64_t>(digests.size()) < looked_at_once;
}

/// Files are only removed once the transaction that gave them up is committed for certain: at the
/// earliest by a tick of a later second.
bool sweep(Transaction& transaction, std::int64_t& done) {
  if (transaction.is_preview()) return look_at_some(transaction, done);
  const std::string& database = transaction.file_path();
  const bool is_clean =
      storage::remove_given_up(transaction.connection(), database, transaction.now());
  const bool is_done = look_at_some(transaction, done);
  const auto minutes =
      std::chrono::floor<std::chrono::minutes>(transaction.now()).time_since_epoch().count();
  storage::MediaFiles(database).remove_strangers(
      static_cast<unsigned char>(minutes % folders), [&](std::string_view digest) {
        return transaction.exists(
            "SELECT 1 FROM media WHERE digest = $1 UNION ALL"
            " SELECT 1 FROM media_removals WHERE digest = $1",
            digest);
      });
  return is_clean && is_done;
}

// --- people ---

/// What a person's export tells of files.
struct ExportedMedia {
  std::vector<Media> files{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ExportedMedia::files>("Files that the person put here."),
    };
    return table;
  }
};

std::string export_person(Transaction& transaction, ClientId client) {
  ExportedMedia exported;
  if (AccountId account = access::account_of(transaction, client)) {
    exported.files = storage::all<Media>(
        transaction, "media WHERE put_by = $1 ORDER BY put_at, digest", account);
  }
  return describe::encode(exported);
}

std::vector<std::string> digests_of(storage::Cursor rows) {
  std::vector<std::string> found;
  while (rows.next()) found.emplace_back(rows.text(0));
  return found;
}

/// The picture goes with the person, unless something else shows it; so does what they put here and
/// nothing uses.
void erase_person(Transaction& transaction, ClientId client) {
  std::vector<std::string> digests = digests_of(transaction.query(
      "SELECT picture FROM clients WHERE id = $1 AND picture IS NOT NULL", client));
  transaction.execute("UPDATE clients SET picture = NULL WHERE id = $1", client);
  if (AccountId account = access::account_of(transaction, client)) {
    for (std::string& digest :
         digests_of(transaction.query("SELECT digest FROM media WHERE put_by = $1", account))) {
      digests.push_back(std::move(digest));
    }
    transaction.execute("UPDATE media SET put_by = NULL WHERE put_by = $1", account);
  }
  for (const std::string& digest : digests) {
    const bool is_here = transaction.exists("SELECT 1 FROM media WHERE digest = $1", digest);
    if (is_here && !is_used(transaction, digest)) give_up(transaction, digest);
  }
}

void check_files(Transaction& transaction, std::vector<storage::Finding>& findings) {
  const storage::MediaFiles files(transaction.file_path());
  for (const Media& media : storage::all<Media>(transaction, "media ORDER BY digest")) {
    if (files.holds(media.digest, media.size_bytes)) continue;
    findings.push_back({.part = "media",
                        .place = "media " + media.digest,
                        .problem = "the file is missing or has another size"});
  }
}

}  // namespace

constinit const storage::MediaUse lists::logo_use{"centre logo", is_logo, is_logo_shown};
constinit const storage::MediaUse lists::poster_use{"activity poster", is_poster, is_poster_shown};
constinit const storage::MediaUse lists::picture_use{"client picture", is_picture,
                                                     is_picture_shown};
constinit const storage::TickPart lists::sweep_media{"catalog.media", sweep};
constinit const storage::ExportPart lists::export_media{"media", export_person};
constinit const storage::ErasePart lists::erase_media{"media", erase_person};
constinit const storage::CheckPart lists::check_media{"media", check_files};

}  // namespace frontdesk::catalog
