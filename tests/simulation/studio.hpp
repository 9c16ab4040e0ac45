/// The studio's part of the simulation: clients with subscriptions who book by visits, and a model
/// that keeps its own account of every visit, works out limits and days from scratch, and says
/// beforehand what must be refused.
#pragma once

#include "simulation.hpp"

namespace frontdesk::simulation {

enum class ModelVisitState : unsigned char { reserved, used, returned };

struct ModelVisit {
  BookingId booking{};
  SessionId session{};
  Date day{};
  ModelVisitState state = ModelVisitState::reserved;
  bool is_by_centre = false;  ///< came back because the centre cancelled
};

struct ModelFreeze {
  Date first{};
  Date last{};
};

struct ModelSubscription {
  SubscriptionId id{};
  ClientId client{};
  bool is_pack = true;  ///< eight visits; else a number a month
  Date starts{};
  std::int64_t extra_days = 0;
  bool is_cancelled = false;
  std::vector<ModelFreeze> freezes{};
  std::vector<ModelVisit> visits{};
};

struct ModelClass {
  SessionId id{};
  Instant starts{};
  Instant ends{};
  Date day{};
  bool is_cancelled = false;
  bool is_completed = false;
};

class Studio {
 public:
  explicit Studio(Simulation& simulation);

  void open_class();
  void cancel_class();
  void buy();
  void book();
  void cancel();
  void come();
  void freeze();
  void end_subscription();
  void ticked();
  void check();

 private:
  Caller host() const;
  Instant now() const;
  Date today() const;
  std::int64_t roll(std::int64_t sides) const;
  void agree(bool is_true, const std::string& what) const;
  template <class Action>
  bool expect(const std::string& reason, const Action& action) const {
    try {
      action();
    } catch (const Error& error) {
      agree(error.reason() == reason,
            "refused with " + error.reason() + ", not “" + reason + "”: " + error.message());
      return false;
    }
    agree(reason.empty(), "not refused with " + reason);
    return true;
  }

  ModelClass* any_class();
  ModelSubscription* any_subscription();
  static Date last_day(const ModelSubscription& subscription);
  static std::int64_t count(const ModelSubscription& subscription, Date from, Date until);
  std::string refused_visit(const ModelSubscription& subscription, Date day) const;
  std::string refused_booking(const ModelSubscription& subscription, const ModelClass& one) const;
  bool is_late(const ModelClass& one) const { return one.starts - now() < std::chrono::hours{24}; }
  void check_subscription(const ModelSubscription& subscription) const;
  void check_notices();

  Simulation& simulation_;
  CentreId centre_{};
  ActivityId activity_{};
  PlanId pack_{};
  PlanId unlimited_{};
  std::vector<ClientId> clients_{};
  std::map<std::int64_t, ModelClass> classes_{};
  std::vector<ModelSubscription> subscriptions_{};
};

}  // namespace frontdesk::simulation
