/// A seeded simulation: random operations against a desk and against a plain model in memory that
/// must agree (DESIGN "Tests"). The same seed gives the same run, so a failure replays exactly. An
/// area adds its steps in a file of its own.
#pragma once

#include <frontdesk/frontdesk.hpp>

#include <map>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace frontdesk::simulation {

/// What the model and the desk disagree on.
struct Disagreement : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct ModelGrant {
  RoleGrantId id{};
  RoleId role{};
  CentreId centre{};
  std::optional<Instant> expires_at{};
  bool is_revoked = false;
};

struct ModelSignIn {
  SignInSessionId id{};
  Instant begun{};
  Instant used{};

  /// Two weeks without use, or ninety days in any case.
  bool is_past(Instant now) const {
    return now >= used + std::chrono::days{14} || now >= begun + std::chrono::days{90};
  }
};

struct ModelAccount {
  AccountId id{};
  ClientId client{};
  std::string email{};
  std::string password{};
  bool is_suspended = false;
  std::vector<ModelGrant> grants{};
  std::map<std::string, ModelSignIn> sessions{};  ///< live ones by token
  std::set<std::int64_t> lapsed{};                ///< past their time, to be cleared by a tick
  std::set<std::string> ended_tokens{};
};

struct ModelClient {
  ClientId id{};
  std::int64_t version = 1;
  std::string first_name{};
  std::set<std::int64_t> guardians{};
  bool is_archived = false;
  bool is_kept = false;  ///< never archived, for the sake of other steps
};

struct ModelRoom {
  CentreId centre{};
  std::int64_t version = 1;
  std::int64_t capacity = 1;
  bool is_archived = false;
};

struct Model {
  std::map<std::int64_t, ModelAccount> accounts{};
  std::map<std::int64_t, ModelClient> clients{};
  std::vector<CentreId> centres{};
  std::map<std::int64_t, ModelRoom> rooms{};
  std::map<std::int64_t, CategoryId> categories{};  ///< the parent of each
  std::map<std::int64_t, std::vector<CategoryId>> activities{};
  std::int64_t last_event = 0;
};

class Timetable;   // told in timetable.hpp
class BoxOffice;   // told in box_office.hpp
class OfferStall;  // told in offer_stall.hpp
class Studio;      // told in studio.hpp

class Simulation {
 public:
  Simulation(std::uint64_t seed, const std::string& path);
  ~Simulation();

  /// Runs steps and checks the invariants now and then. Throws Disagreement.
  void run(int steps);
  /// How often each kind of step ran.
  const std::map<std::string, int>& counts() const { return counts_; }

 private:
  friend class Timetable;
  friend class BoxOffice;
  friend class OfferStall;
  friend class Studio;
  using Step = void (Simulation::*)();
  /// What may be done next, and how often beside the others.
  struct Choice {
    const char* name;
    Step step;
    std::uint64_t weight;
  };
  static const Choice choices[];

  // people
  void register_customer();
  void create_client();
  void add_dependant();
  void update_client();
  void archive_client();
  // access
  void sign_in();
  void sign_in_wrongly();
  void sign_out();
  void change_password();
  void grant_role();
  void revoke_role();
  void act_as_somebody();
  void use_ended_token();
  void lapse(ModelAccount& account, const std::string& token, const Error& error);
  // engine
  void repeat_with_key();
  void fail_in_batch();
  void preview();
  void pass_time();
  void tick();
  void read_events();
  // catalogue
  void create_centre();
  void create_room();
  void change_room();
  void create_category();
  void move_category();
  void create_activity();
  // timetable
  void create_series();
  void create_session();
  void move_session();
  void cancel_session();
  void report_absence();
  void resolve_absence();
  void close_for_a_while();
  void change_group();
  void copy_week();
  void look_for_substitutes();
  // box office
  void open_show();
  void cancel_show();
  void hold_places();
  void use_hold();
  void book();
  void pay_booking();
  void pay_part();
  void charge_back();
  void sell_with_deposit();
  void pay_sale();
  void cancel_sale();
  void wait();
  void answer_offer();
  void tell_callback();
  void cancel_booking();
  void move_booking();
  void change_seats();
  void top_up();
  void give_back();
  void block_places();
  void let_in();
  void go_to_the_doors();
  // offers
  void buy_with_offers();
  void give_up_offers();
  void change_offers();
  // studio
  void open_class();
  void cancel_class();
  void buy_subscription();
  void book_by_visit();
  void cancel_visit();
  void come_to_class();
  void freeze_subscription();
  void end_subscription();

  void check_invariants();
  void check_accounts();
  void check_catalog();
  void agree(bool is_true, const std::string& what) const;
  template <class Action>
  Error refused(const std::string& what, const Action& action) const {
    try {
      action();
    } catch (const Error& error) {
      return error;
    }
    throw Disagreement(where() + ": " + what + " was not refused");
  }
  std::string where() const;
  std::uint64_t roll(std::uint64_t sides);
  ModelAccount* any_account();
  ModelClient* any_client();
  CategoryId any_category();
  int depth_of(CategoryId category) const;
  bool holds(const ModelAccount& account, RoleId role) const;
  std::string unique(const std::string& prefix) { return prefix + std::to_string(++made_); }

  std::uint64_t seed_;
  std::mt19937_64 random_;
  std::mt19937_64 desk_random_;
  Instant now_{Duration{1'772'442'000}};
  std::unique_ptr<Desk> desk_;
  Model model_;
  std::map<std::string, RoleId> roles_;
  std::map<std::string, int> counts_;
  int made_ = 0;
  int step_ = 0;
  std::string current_;
  std::unique_ptr<Timetable> timetable_;
  std::unique_ptr<BoxOffice> box_office_;
  std::unique_ptr<OfferStall> offer_stall_;
  std::unique_ptr<Studio> studio_;
};

}  // namespace frontdesk::simulation
