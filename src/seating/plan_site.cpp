/// Where in a map something is wrong: by line and column of its text, by path in its data.
#include "seating/plan.hpp"

namespace frontdesk::seating {

void Site::refuse_at(std::string_view reason, const Spot* spot, const std::string& path,
                     Details details) const {
  if (spot == nullptr) throw Error(Code::invalid, reason, path, std::move(details));
  details["line"] = spot->line;
  details["column"] = spot->column;
  throw Error(Code::invalid, reason, "text", std::move(details));
}

void Site::refuse(std::string_view reason, Details details) const {
  static constexpr Spot start{};
  refuse_at(reason, spots_ == nullptr ? nullptr : &start, "plan", std::move(details));
}

void Site::refuse_category(std::string_view reason, std::size_t category, Details details) const {
  refuse_at(reason, spots_ == nullptr ? nullptr : &spots_->categories[category],
            "plan.categories[" + std::to_string(category) + "]", std::move(details));
}

void Site::refuse_section(std::string_view reason, std::size_t section, Details details) const {
  refuse_at(reason, spots_ == nullptr ? nullptr : &spots_->sections[section].head,
            "plan.sections[" + std::to_string(section) + "]", std::move(details));
}

void Site::refuse_block(std::string_view reason, std::size_t section, std::size_t block,
                        Details details) const {
  refuse_at(reason, spots_ == nullptr ? nullptr : &spots_->sections[section].blocks[block].head,
            "plan.sections[" + std::to_string(section) + "].blocks[" + std::to_string(block) + "]",
            std::move(details));
}

void Site::refuse_run(std::string_view reason, std::size_t section, std::size_t block,
                      std::size_t run, Details details) const {
  refuse_at(reason,
            spots_ == nullptr ? nullptr : &spots_->sections[section].blocks[block].runs[run],
            "plan.sections[" + std::to_string(section) + "].blocks[" + std::to_string(block) +
                "].seats[" + std::to_string(run) + "]",
            std::move(details));
}

}  // namespace frontdesk::seating
