#include "session.hpp"

#include <sodium.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

namespace frontdesk::command {
namespace {

std::string decode_base64(std::string_view text) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  std::size_t length = 0;
  const int result =
      sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), "\r\n ", &length, nullptr, sodium_base64_VARIANT_ORIGINAL);
  if (result != 0) throw UsageError("a key is not Base64");
  bytes.resize(length);
  return bytes;
}

/// Keys as `id:base64`, one a line; the first seals.
std::vector<HostKey> parse_keys(const std::string& text) {
  std::vector<HostKey> keys;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::size_t colon = line.find(':');
    if (colon == std::string::npos) throw UsageError("a key is written as id:base64");
    keys.push_back({line.substr(0, colon), decode_base64(line.substr(colon + 1))});
  }
  return keys;
}

std::vector<HostKey> keys_of(const Options& options) {
  if (!options.key_file.empty()) return parse_keys(read_file(options.key_file));
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment
  const char* given = std::getenv("FRONTDESK_KEY");
  return given == nullptr ? std::vector<HostKey>{} : parse_keys(given);
}

std::string read_all(std::istream& stream) {
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace

Desk open(const Options& options, IfMissing if_missing) {
  if (options.file.empty()) throw UsageError("--db FILE is missing");
  if (options.is_anonymous && options.token) throw UsageError("--anonymous excludes --as");
  OpenOptions how;
  how.read_only = options.is_read_only;
  how.create = if_missing == IfMissing::create;
  how.keys = keys_of(options);
  how.log = [](LogLevel level, std::string_view line) {
    if (level >= LogLevel::warning) std::cerr << "frontdesk: " << line << '\n';
  };
  return Desk::open(options.file, how);
}

Caller caller_of(const Desk& desk, const Options& options) {
  if (options.is_anonymous) return desk.anonymous();
  if (options.token) return desk.caller(*options.token);
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment
  const char* token = std::getenv("FRONTDESK_TOKEN");
  return token == nullptr ? desk.host() : desk.caller(token);
}

std::string read_request(const std::string& argument) {
  if (argument == "-") return read_all(std::cin);
  if (!argument.empty() && argument.front() == '@') return read_file(argument.substr(1));
  return argument;
}

std::string read_file(const std::string& path) {
  if (std::filesystem::is_directory(path)) throw UsageError(path + " is a folder");
  std::ifstream stream(path, std::ios::binary);
  std::string text = read_all(stream);
  if (!stream) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): the command has one thread
    throw UsageError(path + " cannot be read: " + std::strerror(errno));
  }
  return text;
}

}  // namespace frontdesk::command
