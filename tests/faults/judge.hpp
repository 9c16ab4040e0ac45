/// Whether a file holds what was acknowledged, nothing that was refused, and nothing half done.
#pragma once

#include "faults/run.hpp"

namespace frontdesk::faults {

/// Through the public face. Appends what is wrong.
void judge_desk(const Caller& host, const std::vector<Deed>& deeds,
                std::vector<std::string>& problems);
/// By a connection of its own, once the desk is closed.
void judge_bytes(const std::string& path, std::vector<std::string>& problems);

}  // namespace frontdesk::faults
