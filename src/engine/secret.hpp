/// The file's secret, from which every other key derives. The host's key wraps it, so that rotating
/// the host's key changes nothing that was sealed; without a host key it lies in the file as it is.
#pragma once

#include <frontdesk/desk.hpp>

#include "base/crypto.hpp"
#include "storage/desk_state.hpp"
#include "storage/file.hpp"

namespace frontdesk::engine {

/// Finds or makes `state.secret`; wraps it anew where the host gave another first key. With it
/// begins the audit log, so that one without a head is never a new one. Errors:
/// denied/host_key_required, denied/host_key_wrong, read_only/file_read_only (a new file without a
/// secret).
void open_secret(storage::File& file, const std::vector<HostKey>& keys, storage::DeskState& state,
                 storage::Deadline deadline);

}  // namespace frontdesk::engine
