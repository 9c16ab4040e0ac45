/// What an operation tells of itself. Each request struct has a `static const Operation operation`;
/// the registry lists them all.
#pragma once

#include <frontdesk/describe.hpp>
#include <frontdesk/error.hpp>

#include <memory>

namespace frontdesk {
namespace storage {
class Transaction;
}
inline namespace [[gnu::visibility("default")]] v1 {

enum class OperationKind : unsigned char {
  read,   ///< changes nothing
  write,  ///< commits whole or leaves nothing
  job,    ///< a resumable sequence of writes, each whole
};

/// Who may call, before any record is looked at.
enum class Audience : unsigned char {
  everyone,    ///< also who is not signed in
  signed_in,   ///< any account or API key, about itself
  permission,  ///< who holds the rule's permission in a scope that covers the subject
  host,        ///< only the embedding program
};

/// What the subject field of a rule names; relations of the caller to it decide which scope is
/// needed.
enum class Subject : unsigned char {
  none,     ///< no single record: a list (narrowed by scope) or a thing of the whole platform
  client,   ///< a client: own, family, assigned, of a centre of the caller's
  centre,   ///< a centre, or none given: then only scope `any` will do
  account,  ///< an account: own, or of a centre of the caller's (holds a role there)
};

struct Rule {
  Audience audience = Audience::permission;
  std::string_view permission{};  ///< such as `people.view`
  Subject subject = Subject::none;
  /// The request's field that names the subject. Empty with a subject: the whole platform, so only
  /// scope `any` will do.
  std::string_view field{};
};

/// One way an operation is refused. Listed in order of precedence.
struct Refusal {
  Code code;
  std::string_view reason;
  std::string_view when;
};

struct Operation {
  int number;             ///< stable, the compact code on a socket
  std::string_view name;  ///< `people.register`
  OperationKind kind;
  std::string_view doc;  ///< one line
  Rule rule;
  std::span<const Refusal> refusals;
  std::string_view example;  ///< a request in JSON
  bool wipes_log;  ///< a job after which the write-ahead log must hold nothing old (erasure)

  const Type& (*request)();
  const Type& (*result)();
  const Type& (*state)();  ///< of a job: what it remembers between steps; else null

  /// Slow pure work on a snapshot, outside of the write lock; null where there is none.
  std::shared_ptr<void> (*prepare)(storage::Transaction&, const void* request);
  /// The rule itself. For a job: one step; true when it has ended.
  bool (*handle)(storage::Transaction&, const void* request, void* result, void* state);
};

/// A request struct: described, with a result and an operation.
template <class T>
concept Request = Described<T> && requires {
  typename T::Result;
  { T::operation } -> std::convertible_to<const Operation&>;
};

/// Every operation, by number. The same list for every face.
std::span<const Operation* const> operations();
/// The operation of that name, or null.
const Operation* find_operation(std::string_view name);
/// The OpenAPI 3.1 document of all operations, as JSON (SPEC E14).
std::string openapi();

}  // namespace v1
}  // namespace frontdesk
