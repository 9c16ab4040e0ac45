/// A house and its busy week, so that every table of a file has rows.
#pragma once

#include "support.hpp"

#include <boost/json.hpp>

#include <initializer_list>
#include <string>
#include <string_view>

namespace frontdesk::hostile {

/// A request as JSON, as it stands in the reference.
struct JsonCall {
  std::string_view name;
  std::string_view request;
};

/// Calls of the embedding program and of some others, and the time that passes between them.
///
/// Records are entered in an order that gives them small numbers, so that the examples of the
/// reference, which say 1 and 2, find something.
class House {
 public:
  /// Accounts of the file in their order, from 2 on; 1 is an administrator.
  struct Workers {
    Caller customer;
    Caller other_customer;
    Caller trainer;
    Caller substitute;
  };

  House(testing::TestDesk& desk, Workers workers) : desk_(desk), workers_(std::move(workers)) {}

  /// A week, from the Monday on which the clock starts to the evening of the next.
  void live();

 private:
  void enter_catalogue() const;
  void enter_partners() const;
  void enter_timetable() const;
  void enter_offers() const;
  void take_money() const;
  void sell_plans() const;
  void book() const;
  void book_in_other_ways() const;
  void open_doors();
  void go_on();
  void leave_things_undone() const;
  void leave_sign_ins_undone() const;

  /// What the host is answered; none of it may be refused.
  boost::json::value call(std::string_view name, std::string_view request) const;
  /// The text in the answer at a JSON pointer.
  std::string told(std::string_view name, std::string_view request, std::string_view pointer) const;
  void call_all(std::initializer_list<JsonCall> calls) const;
  void go_to(LocalTime utc);

  testing::TestDesk& desk_;
  Workers workers_;
};

}  // namespace frontdesk::hostile
