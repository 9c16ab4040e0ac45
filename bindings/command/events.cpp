// events: the feed, one JSON line an event.
#include "commands.hpp"

#include <boost/json.hpp>

#include <csignal>
#include <iostream>
#include <thread>

namespace frontdesk::command {
namespace {

namespace json = boost::json;
using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds poll_interval{250};

volatile std::sig_atomic_t is_interrupted = 0;

void stop_on_signals() {
  struct sigaction action{};
  action.sa_handler = [](int) { is_interrupted = 1; };
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

struct Arguments {
  std::int64_t since = 0;
  std::vector<std::string> topics{};
  bool follows = false;
  double seconds = 0;
};

/// Prints what is there after the cursor and moves it on; true if that was all.
bool print_page(const Caller& caller, const Arguments& given, const CallOptions& call,
                std::int64_t& cursor) {
  json::array topics(given.topics.begin(), given.topics.end());
  const json::object request{{"cursor", cursor}, {"topics", topics}, {"limit", 1000}};
  const json::value feed = json::parse(caller.call("events.since", json::serialize(request), call));
  for (const json::value& item : feed.at("items").as_array()) {
    json::object event = item.as_object();
    event["payload"] = json::parse(event.at("payload").as_string());
    std::cout << json::serialize(event) << '\n';
  }
  std::cout.flush();
  cursor = feed.at("next").as_int64();
  return feed.at("is_end").as_bool();
}

int run(const Arguments& given, const Options& options) {
  const Desk desk = open(options, IfMissing::refuse);
  const Caller caller = caller_of(desk, options);
  std::int64_t cursor = given.since;
  if (given.follows) stop_on_signals();
  const auto end = SteadyClock::now() + std::chrono::duration_cast<SteadyClock::duration>(
                                            std::chrono::duration<double>(given.seconds));
  while (is_interrupted == 0 && std::cout) {
    const bool is_end = print_page(caller, given, options.call, cursor);
    if (!is_end) continue;
    if (!given.follows || (given.seconds > 0 && SteadyClock::now() >= end)) break;
    std::this_thread::sleep_for(poll_interval);
  }
  return 0;
}

}  // namespace

Command add_events(CLI::App& app, Options& options) {
  auto given = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("events", "Print the event feed, one JSON line an event");
  command->add_option("--since", given->since, "Only events after this sequence number");
  command->add_option("--topic", given->topics, "Only this topic; people.* for all of an area");
  auto* follow = command->add_flag("--follow", given->follows, "Wait for more until interrupted");
  command->add_option("--for", given->seconds, "End after so many seconds")
      ->needs(follow)
      ->check(CLI::Range(0.0, 1e9));
  return {command, [given, &options] { return run(*given, options); }};
}

}  // namespace frontdesk::command
