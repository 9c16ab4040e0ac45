#include "describe/json.hpp"

#include <set>

namespace frontdesk::describe {
namespace {

bool finds_secret(const Type& type, std::set<const Type*>& seen) {
  if (!seen.insert(&type).second) return false;
  if (type.element != nullptr) return finds_secret(type.element(), seen);
  if (type.kind != Kind::record) return false;
  for (const Field& field : type.fields()) {
    if (field.is_secret || finds_secret(field.type(), seen)) return true;
  }
  return false;
}

}  // namespace

bool has_secret(const Type& type) {
  std::set<const Type*> seen;
  return finds_secret(type, seen);
}

void each_stand_in(const Type& type, void* value,
                   const std::function<std::int64_t(const Type&, std::int64_t)>& replace) {
  switch (type.kind) {
    case Kind::id:
      if (type.number(value) < 0) type.set_number(value, replace(type, type.number(value)));
      return;
    case Kind::optional:
    case Kind::update:
      if (const void* content = type.content(value)) {
        each_stand_in(type.element(), const_cast<void*>(content), replace);
      }
      return;
    case Kind::list:
      for (std::size_t i = 0; i < type.size(value); ++i) {
        each_stand_in(type.element(), const_cast<void*>(type.at(value, i)), replace);
      }
      return;
    case Kind::map: {
      struct Visit {
        const Type& element;
        const std::function<std::int64_t(const Type&, std::int64_t)>& replace;
      } visit{type.element(), replace};
      type.each(value, &visit, [](void* context, const std::string&, const void* element) {
        Visit& here = *static_cast<Visit*>(context);
        each_stand_in(here.element, const_cast<void*>(element), here.replace);
      });
      return;
    }
    case Kind::record:
      for (const Field& field : type.fields())
        each_stand_in(field.type(), field.member(value), replace);
      return;
    default:
      return;
  }
}

}  // namespace frontdesk::describe
