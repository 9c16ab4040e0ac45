/// Puts a handler behind an operation. A handler's file reads:
///
///     static constexpr Refusal refusals[] = {
///         {Code::conflict, "email_taken", "an account uses the address"}};
///     constinit const Operation Register::operation = storage::define<Register>({
///         .number = 201, .name = "people.register", .kind = OperationKind::write,
///         .doc = "Registers a new customer.", .rule = {.audience = Audience::everyone},
///         .refusals = refusals, .example = R"({"first_name": "Olena"})"});
///
/// with `Registered handle(Transaction&, const Register&)` declared before it, in the namespace of
/// the request. An operation with slow pure work also has `std::shared_ptr<void>
/// prepare(Transaction& snapshot, const Register&)`; use define_prepared. A job has `bool
/// step(Transaction&, const Import&, ImportState&, Imported&)`; use define_job.
#pragma once

#include <frontdesk/operation.hpp>

#include "storage/transaction.hpp"

namespace frontdesk::storage {

struct Definition {
  int number;
  std::string_view name;
  OperationKind kind;
  std::string_view doc;
  Rule rule;
  std::span<const Refusal> refusals{};
  std::string_view example = "{}";
  bool wipes_log = false;
};

template <class T>
constexpr Operation describe_operation(const Definition& definition) {
  Operation operation{};
  operation.number = definition.number;
  operation.name = definition.name;
  operation.kind = definition.kind;
  operation.doc = definition.doc;
  operation.rule = definition.rule;
  operation.refusals = definition.refusals;
  operation.example = definition.example;
  operation.wipes_log = definition.wipes_log;
  operation.request = &type_of<T>;
  operation.result = &type_of<typename T::Result>;
  return operation;
}

template <class T>
constexpr Operation define(const Definition& definition) {
  Operation operation = describe_operation<T>(definition);
  operation.handle = [](Transaction& transaction, const void* request, void* result, void*) {
    *static_cast<typename T::Result*>(result) =
        handle(transaction, *static_cast<const T*>(request));
    return true;
  };
  return operation;
}

template <class T>
constexpr Operation define_prepared(const Definition& definition) {
  Operation operation = define<T>(definition);
  operation.prepare = [](Transaction& snapshot, const void* request) {
    return prepare(snapshot, *static_cast<const T*>(request));
  };
  return operation;
}

/// `T::State` is a described struct of what a step must know of those before it; it and the result
/// are kept between steps.
template <class T>
constexpr Operation define_job(const Definition& definition) {
  Operation operation = describe_operation<T>(definition);
  operation.state = &type_of<typename T::State>;
  operation.handle = [](Transaction& transaction, const void* request, void* result, void* state) {
    return step(transaction, *static_cast<const T*>(request),
                *static_cast<typename T::State*>(state), *static_cast<typename T::Result*>(result));
  };
  return operation;
}

}  // namespace frontdesk::storage
