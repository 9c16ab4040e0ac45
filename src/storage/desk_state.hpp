/// What all transactions of one open desk share. Owned by the engine; each member says how it is
/// guarded.
#pragma once

#include "storage/hooks.hpp"

#include <algorithm>
#include <map>
#include <mutex>

namespace frontdesk::storage {

/// Topic versions as one connection last read them. `all` is topic 0 of the table: if it is
/// unchanged, so are the others.
struct TopicVersions {
  std::int64_t all = -1;
  std::int64_t versions[topic_count] = {};
  bool is_uncommitted[topic_count] =
      {};  ///< changed by this transaction or by another of its commit group
  bool is_current =
      false;  ///< read in this very snapshot, or under the writers' lock since its BEGIN
};

struct DeskState {
  Hooks hooks{};            ///< set once before use
  crypto::Random random{};  ///< set once; the engine serialises an injected one
  std::string secret{};     ///< the file's secret, unwrapped; set once
  std::string path{};       ///< of the file; set once
  std::mutex mutex{};       ///< guards what follows
  std::map<std::string, std::string, std::less<>> keys{};  ///< derived from the secret, by purpose
  std::map<std::type_index, std::shared_ptr<void>> shared{};
};

/// The engine's way into a transaction.
class TransactionAccess {
 public:
  explicit TransactionAccess(Transaction& transaction) : transaction_(transaction) {}

  void begin(Instant now, std::string_view origin, std::string_view correlation, bool is_preview) {
    transaction_.now_ = now;
    transaction_.origin_ = origin;
    transaction_.correlation_ = correlation;
    transaction_.is_preview_ = is_preview;
  }
  void caller(Principal principal, std::string_view language) {
    transaction_.principal_ = std::move(principal);
    transaction_.language_ = language;
  }
  void reach(Reach reach) { transaction_.reach_ = std::move(reach); }
  void prepared(std::shared_ptr<void> prepared) { transaction_.prepared_ = std::move(prepared); }
  void step_until(std::chrono::steady_clock::time_point end) { transaction_.step_ends_ = end; }

  std::vector<EmittedEvent>& emitted() { return transaction_.emitted_; }
  std::vector<std::function<void(Transaction&)>>& residues() { return transaction_.residues_; }
  ClientId& concerned_client() { return transaction_.concerned_; }
  CentreId& concerned_centre() { return transaction_.concerned_centre_; }
  /// Before a further operation of a batch, which may be about somebody else.
  void forget_concerned() {
    transaction_.concerned_ = {};
    transaction_.concerned_centre_ = {};
  }
  std::int64_t done() const { return transaction_.done_; }
  std::int64_t total() const { return transaction_.total_; }
  /// Where a part of an operation began that may be undone alone.
  struct Mark {
    std::size_t events = 0;
    std::size_t residues = 0;
    bool touched[topic_count] = {};
  };
  Mark mark() const {
    Mark mark{transaction_.emitted_.size(), transaction_.residues_.size(), {}};
    std::copy(std::begin(transaction_.touched_), std::end(transaction_.touched_), mark.touched);
    return mark;
  }
  /// After a rollback to there: what was left behind since then is forgotten.
  void back_to(const Mark& mark) {
    transaction_.emitted_.resize(mark.events);
    transaction_.residues_.resize(mark.residues);
    std::copy(std::begin(mark.touched), std::end(mark.touched), transaction_.touched_);
    transaction_.topics_.is_current = false;
    transaction_.topics_.all = -1;
  }
  /// After a rollback nothing counts as touched, and versions must be read anew.
  void forget_changes() {
    for (bool& touched : transaction_.touched_) touched = false;
    transaction_.topics_.is_current = false;
    transaction_.topics_.all = -1;
    transaction_.emitted_.clear();
  }

 private:
  Transaction& transaction_;
};

}  // namespace frontdesk::storage
