/// What the tests of the outbox share.
#pragma once

#include "support.hpp"

#include <catch2/catch.hpp>

namespace frontdesk::testing {

using notices::DeliveryOutcome;
using notices::MessageStatus;

/// A desk with a customer whose messages so far are delivered.
struct Outbox {
  TestDesk desk{};
  TestDesk::Customer olena = desk.customer();

  Outbox() { desk.messages(); }

  /// Queues a token to reset the customer's password; it lasts an hour.
  void queue_reset() { desk.anonymous().run(access::RequestPasswordReset{.email = olena.email}); }
  notices::ClaimedMessages claim(std::int64_t lease_seconds = 120) {
    return desk.host().run(notices::Claim{.lease_seconds = lease_seconds});
  }
  notices::Message acknowledge(const notices::ClaimedMessages& claimed, DeliveryOutcome outcome,
                               std::optional<std::string> error = {}) {
    return desk.host().run(notices::Acknowledge{.message = claimed.messages.at(0).id,
                                                .claim = claimed.claim,
                                                .outcome = outcome,
                                                .error = std::move(error)});
  }
  notices::Message message(MessageId id) {
    return desk.host().run(notices::GetMessage{.message = id});
  }
  void tick() { desk.host().run(upkeep::Tick{}); }
};

}  // namespace frontdesk::testing
